package dev.tarry.categorize;

import dev.tarry.mail.Reply;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.Placement;
import dev.tarry.queue.Queues;
import dev.tarry.queue.Submitted;
import dev.tarry.routing.Route;
import dev.tarry.routing.Router;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.RecipientRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes submitted messages one by one and spreads their recipients over next hops: those with the same next
/// hop stay together, in the order of the envelope. Queue loop only.
public final class Categorizer {
    private final Queues queues;
    private final Supplier<Router> router;
    private final Supplier<OrganizationLimits> limits;

    /// @param router asked anew for each message, so that changed connectors count at once
    /// @param limits likewise
    public Categorizer(Queues queues, Supplier<Router> router, Supplier<OrganizationLimits> limits) {
        this.queues = queues;
        this.router = router;
        this.limits = limits;
    }

    /// The doorbell of Submission: categorizes whatever is there.
    public void run() {
        for (Optional<Submitted> next = queues.nextSubmitted(); next.isPresent(); next = queues.nextSubmitted()) {
            Submitted message = next.get();
            List<Placement> placements;
            try {
                placements = placements(message);
            } catch (RuntimeException unexpected) {
                queues.postpone(message, unexpected);
                continue;
            }
            queues.shelve(message, placements);
        }
    }

    private List<Placement> placements(Submitted message) {
        OrganizationLimits bounds = limits.get();
        Optional<Reply> refusal =
                bounds.refusal(message.message(), message.recipients().size());
        if (refusal.isPresent()) {
            return List.of(new Placement.Rejected(refusal.get(), message.recipients()));
        }
        Optional<Reply> refusalHere = bounds.refusalHere(message.message());
        Router routes = router.get();
        Map<NextHopKey, List<RecipientRecord>> shelves = new LinkedHashMap<>();
        List<RecipientRecord> nowhere = new ArrayList<>();
        Map<Reply, List<RecipientRecord>> rejected = new LinkedHashMap<>();
        for (RecipientRecord record : message.recipients()) {
            switch (routes.nextHop(
                    record.recipient().address(), message.message().content().bytes())) {
                case Route.Deliver(NextHopKey key, var _) -> at(shelves, key).add(record);
                case Route.Local _
                when refusalHere.isPresent() -> at(rejected, refusalHere.get()).add(record);
                case Route.Local(NextHopKey key, var _) -> at(shelves, key).add(record);
                case Route.Unreachable(String reason) ->
                    nowhere.add(new RecipientRecord(
                            record.recipient(),
                            new ErrorRecord(reason, "", "", message.message().receivedMillis())));
                case Route.Refused(Reply reply) -> at(rejected, reply).add(record);
            }
        }
        List<Placement> placements = new ArrayList<>();
        shelves.forEach((key, recipients) -> placements.add(new Placement.Shelf(key, recipients)));
        if (!nowhere.isEmpty()) {
            placements.add(new Placement.Nowhere(nowhere));
        }
        rejected.forEach((reply, recipients) -> placements.add(new Placement.Rejected(reply, recipients)));
        return placements;
    }

    private static <K> List<RecipientRecord> at(Map<K, List<RecipientRecord>> map, K key) {
        return map.computeIfAbsent(key, _ -> new ArrayList<>());
    }
}
