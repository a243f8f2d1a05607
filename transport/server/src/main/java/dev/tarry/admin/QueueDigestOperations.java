package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// What Get-QueueDigest does: queues of the same kind counted together, those with the most messages first
/// (reference §11.4). The queues themselves are asked, so that what it says is not a minute old.
/// Thread-safe; blocks for the queue loop.
public final class QueueDigestOperations {
    /// How many groups it gives if nothing is said.
    public static final int DEFAULT_GROUPS = 1_000;

    private final QueueDesk queues;
    private final Supplier<QueueSettings> settings;
    private final TlsDomains tlsDomains;
    private final IntSupplier threshold;

    /// @param threshold messages below which a delivery queue is left out, unless it is suspended
    public QueueDigestOperations(
            Queues queues, Supplier<QueueSettings> settings, TlsDomains tlsDomains, IntSupplier threshold) {
        this(QueueDesk.of(queues), settings, tlsDomains, threshold);
    }

    QueueDigestOperations(
            QueueDesk queues, Supplier<QueueSettings> settings, TlsDomains tlsDomains, IntSupplier threshold) {
        this.queues = queues;
        this.settings = settings;
        this.tlsDomains = tlsDomains;
        this.threshold = threshold;
    }

    /// By what queues are counted together.
    public enum GroupBy {
        DELIVERY_TYPE("DeliveryType", queue -> queue.view().key().deliveryType().shellName()),
        LAST_ERROR("LastError", queue -> queue.view().lastError().details()),
        NEXT_HOP_CATEGORY(
                "NextHopCategory",
                queue -> queue.view().key().deliveryType().category().shellName()),
        NEXT_HOP_DOMAIN("NextHopDomain", queue -> queue.view().key().nextHopDomain()),
        NEXT_HOP_KEY(
                "NextHopKey",
                queue -> queue.view().key().deliveryType().shellName() + ":"
                        + queue.view().key().nextHopDomain() + ":"
                        + queue.view().key().connector()),
        OUTBOUND_IP_POOL("OutboundIPPool", _ -> "0"),
        RISK_LEVEL("RiskLevel", _ -> "Normal"),
        SERVER_NAME("ServerName", queue -> queue.server().computerName()),
        STATUS("Status", queue -> queue.view().status().shellName());

        private final String word;
        private final Function<ShownQueue, String> value;

        GroupBy(String word, Function<ShownQueue, String> value) {
            this.word = word;
            this.value = value;
        }

        /// As Exchange has it.
        public String word() {
            return word;
        }
    }

    /// How much is said of each queue.
    public enum DetailsLevel {
        /// nothing
        NONE("None"),
        /// which it is, whose, and how many messages it holds
        NORMAL("Normal"),
        /// also how it stands
        VERBOSE("Verbose");

        private final String word;

        DetailsLevel(String word) {
            this.word = word;
        }

        /// As Exchange has it.
        public String word() {
            return word;
        }
    }

    /// @param filter reference §11.1; absent: all
    /// @param groups how many at most
    public record Wanted(Optional<String> filter, GroupBy groupBy, DetailsLevel details, int groups) {
        public Wanted {
            if (groups < 1) {
                throw new OperationRefused(Reason.INVALID_PARAMETER, "a digest has at least one group");
            }
        }
    }

    /// The digest: groups, those with the most messages first, of equal ones by name.
    ///
    /// @throws OperationRefused if the filter is none
    public Listing digest(Wanted wanted) {
        QueueSettings server = settings.get();
        Filter<ShownQueue> filter = wanted.filter()
                .map(text -> Filter.parse(text, ShownQueue.TABLE, server.zone()))
                .orElseGet(Filter::everything);
        Map<String, List<ShownQueue>> groups = new TreeMap<>();
        for (QueueView view : Answers.await(queues.views())) {
            ShownQueue queue = new ShownQueue(view, server, tlsDomains.of(view.key()));
            if (counts(view) && filter.matchesIndex(queue)) {
                groups.computeIfAbsent(wanted.groupBy().value.apply(queue), _ -> new ArrayList<>())
                        .add(queue);
            }
        }
        List<Map.Entry<String, List<ShownQueue>>> sorted = groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, List<ShownQueue>> group) ->
                                sum(group.getValue(), QueueView::messageCount))
                        .reversed())
                .toList();
        List<SequencedMap<String, Object>> shown = sorted.stream()
                .limit(wanted.groups())
                .map(group -> group(group.getKey(), group.getValue(), wanted.details()))
                .toList();
        return to -> {
            shown.forEach(to);
            return sorted.size() > shown.size();
        };
    }

    /// Queues that come and go count from the threshold on, or when they are suspended; the others when they hold any.
    private boolean counts(QueueView queue) {
        int least = queue.key().persistent() || queue.status() == QueueStatus.SUSPENDED ? 1 : threshold.getAsInt();
        return queue.messageCount() >= least;
    }

    private static long sum(List<ShownQueue> queues, Function<QueueView, Integer> count) {
        return queues.stream().mapToLong(queue -> count.apply(queue.view())).sum();
    }

    private static SequencedMap<String, Object> group(String value, List<ShownQueue> queues, DetailsLevel details) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("GroupByValue", value);
        bag.put("MessageCount", sum(queues, QueueView::messageCount));
        bag.put("DeferredMessageCount", sum(queues, QueueView::deferredCount));
        bag.put("LockedMessageCount", 0L);
        bag.put("StaleMessageCount", 0L);
        bag.put(
                "Details",
                details == DetailsLevel.NONE
                        ? List.of()
                        : queues.stream().map(queue -> detail(queue, details)).toList());
        return bag;
    }

    private static SequencedMap<String, Object> detail(ShownQueue queue, DetailsLevel level) {
        QueueView view = queue.view();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("QueueIdentity", queue.identity());
        bag.put("ServerIdentity", queue.server().computerName());
        bag.put("MessageCount", (long) view.messageCount());
        if (level == DetailsLevel.VERBOSE) {
            SequencedMap<String, Object> all = ShownQueue.TABLE.bag(queue);
            for (String name : List.of(
                    "DeferredMessageCount",
                    "LockedMessageCount",
                    "IncomingRate",
                    "OutgoingRate",
                    "Velocity",
                    "NextHopDomain",
                    "NextHopCategory",
                    "NextHopConnector",
                    "DeliveryType",
                    "Status",
                    "RiskLevel",
                    "OutboundIPPool",
                    "LastError",
                    "TlsDomain")) {
                bag.put(name, all.get(name));
            }
        }
        return bag;
    }
}
