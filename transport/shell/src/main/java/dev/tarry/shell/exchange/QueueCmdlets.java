package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.FILTER;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.MessageQuery;
import dev.tarry.client.Page;
import dev.tarry.client.PageRequest;
import dev.tarry.client.ProblemException;
import dev.tarry.client.QueueClient;
import dev.tarry.client.ResultLimit;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Queues and the messages in them (reference §1.7, §1.8, §11.1).
final class QueueCmdlets {
    private static final int NOT_FOUND = 404;

    private static final String MORE =
            "There are more objects than are returned. To get them, give a larger -ResultSize, or Unlimited.";

    /// What -Include and -Exclude take: two categories, Empty, and the delivery types of reference §1.3.
    private static final String[] KINDS = {
        "Internal",
        "External",
        "Empty",
        "DeliveryAgent",
        "DnsConnectorDelivery",
        "NonSmtpGatewayDelivery",
        "SmartHostConnectorDelivery",
        "MapiDelivery",
        "SmtpDeliveryToMailbox",
        "SmtpRelayToConnectorSourceServers",
        "SmtpRelayToDag",
        "SmtpRelayToMailboxDeliveryGroup",
        "SmtpRelayToRemoteActiveDirectorySite",
        "SmtpRelayToServers",
        "SmtpRelayWithinAdSite",
        "SmtpRelayWithinAdSiteToEdge",
        "SmtpRelayToTiRg",
        "SmtpRelayToRemoteForest",
        "SmtpDeliveryToExo",
        "ShadowRedundancy",
        "Heartbeat",
        "Undefined",
        "Unreachable"
    };

    private QueueCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Queue")
                        .example(
                                "Get-Queue -Filter \"Status -eq 'Retry'\" | Format-List Identity, MessageCount, NextRetryTime, LastError",
                                "Shows the queues that wait for another try, and why.")
                        .example(
                                "Get-Queue -Exclude Empty -SortOrder \"-MessageCount\"",
                                "Lists queues that hold mail, the longest first.")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).pipedBy(),
                                Parameter.of("Filter", FILTER),
                                ManagedObjects.server(),
                                Parameter.of("ResultSize", LIMIT),
                                Parameter.of("SortOrder", TEXT),
                                Parameter.of("BookmarkIndex", WHOLE),
                                Parameter.of("BookmarkObject", ANY),
                                Parameter.of("IncludeBookmark", BOOLEAN),
                                Parameter.of("SearchForward", BOOLEAN),
                                Parameter.of("Include", TEXTS).oneOf(KINDS),
                                Parameter.of("Exclude", TEXTS).oneOf(KINDS))
                        .oneOf("Identity", "Filter")
                        .oneOf("Identity", "Server")
                        .oneOf("BookmarkIndex", "BookmarkObject")
                        .shows(
                                "Queue",
                                "Identity/17",
                                "DeliveryType",
                                "Status",
                                "MessageCount",
                                "Velocity",
                                "RiskLevel",
                                "OutboundIPPool",
                                "NextHopDomain")
                        .summary("Shows the queues and how they stand: status, messages, last error, next retry.")
                        .remark(
                                "An -Identity that does not exist gives all queues, as in Exchange; here a warning says so.")
                        .refuses(
                                "It is reserved; ask the API for it: /api/v1/queues?returnPageInfo=true.",
                                "ReturnPageInfo")
                        .simply(QueueCmdlets::getQueue),
                Cmdlet.named("Get-Message")
                        .example(
                                "Get-Queue fabrikam.com | Get-Message -ResultSize 10", "Lists ten messages of a queue.")
                        .example(
                                "Get-Message -Filter \"FromAddress -like '*@company.com'\" -IncludeRecipientInfo",
                                "Finds queued messages by sender, with their recipients.")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0),
                                Parameter.of("Queue", TEXT).pipedBy("Identity"),
                                Parameter.of("Filter", FILTER),
                                ManagedObjects.server(),
                                Parameter.of("ResultSize", LIMIT),
                                Parameter.of("SortOrder", TEXT),
                                Parameter.of("BookmarkIndex", WHOLE),
                                Parameter.of("BookmarkObject", ANY),
                                Parameter.of("IncludeBookmark", BOOLEAN),
                                Parameter.of("SearchForward", BOOLEAN),
                                Parameter.of("IncludeRecipientInfo", SWITCH),
                                Parameter.of("IncludeComponentLatencyInfo", SWITCH))
                        .oneOf("Identity", "Queue", "Filter")
                        .oneOf("Identity", "Server")
                        .oneOf("Queue", "Server")
                        .oneOf("BookmarkIndex", "BookmarkObject")
                        .shows("QueuedMessage", "Identity", "FromAddress", "Status", "Queue", "Subject")
                        .summary("Shows the messages that wait in queues.")
                        .remark("Recipients is blank without -IncludeRecipientInfo, as in Exchange.")
                        .remark(
                                "An -Identity that does not exist gives all messages, as in Exchange; here a warning says"
                                        + " so.")
                        .refuses(
                                "It is reserved; ask the API for it: /api/v1/messages?returnPageInfo=true.",
                                "ReturnPageInfo")
                        .simply(QueueCmdlets::getMessage));
    }

    private static void getQueue(Call call) {
        ManagedObjects.thisServer(call);
        Consumer<SequencedMap<String, Object>> out =
                bag -> call.write(Bags.row("Queue", bag, call.io().zone()));
        Supplier<List<SequencedMap<String, Object>>> listing = () -> queues(call, out);
        call.text("Identity")
                .filter(text -> !isAll(text))
                .map(text -> oneOrAll(
                        call, "queue", text, () -> sifted(call, call.client().queue(text)), listing))
                .orElseGet(listing)
                .forEach(out);
    }

    /// Those of a page; or none, where there may be any number and each has been put out as it arrived. What is
    /// done to each of a page may take as long as it likes: the server has given all of it away by then.
    private static List<SequencedMap<String, Object>> queues(Call call, Consumer<SequencedMap<String, Object>> out) {
        QueueClient.Queues wanted =
                new QueueClient.Queues(call.text("Filter"), kinds(call, "Include"), kinds(call, "Exclude"));
        if (!call.has("ResultSize")) {
            return items(call, call.client().queuePages().queues(wanted, page(call)));
        }
        if (call.client().queuePages().queues(wanted, page(call), out)) {
            call.warn(MORE);
        }
        return List.of();
    }

    private static Optional<String> kinds(Call call, String parameter) {
        return call.has(parameter) ? Optional.of(String.join(",", call.texts(parameter))) : Optional.empty();
    }

    /// Those that an identity means, and that are of the kinds that are wanted.
    private static List<SequencedMap<String, Object>> sifted(Call call, List<SequencedMap<String, Object>> queues) {
        return queues.stream()
                .filter(queue ->
                        !call.has("Include") || call.texts("Include").stream().anyMatch(kind -> isOfKind(queue, kind)))
                .filter(queue -> call.texts("Exclude").stream().noneMatch(kind -> isOfKind(queue, kind)))
                .toList();
    }

    private static List<SequencedMap<String, Object>> items(Call call, Page<SequencedMap<String, Object>> page) {
        if (page.more()) {
            call.warn(MORE);
        }
        return page.items();
    }

    private static PageRequest page(Call call) {
        return new PageRequest(
                call.text("SortOrder"),
                call.whole("BookmarkIndex").map(Long::intValue),
                bookmark(call),
                !call.has("IncludeBookmark") || call.flag("IncludeBookmark"),
                !call.has("SearchForward") || call.flag("SearchForward"),
                limit(call),
                false);
    }

    /// An object that came out of the same cmdlet, or its identity.
    private static Optional<String> bookmark(Call call) {
        return switch (call.value("BookmarkObject")) {
            case null -> Optional.empty();
            case Row row -> Optional.of(TextForm.of(row.get("Identity")));
            case Object other -> Optional.of(TextForm.of(other));
        };
    }

    private static boolean isOfKind(Map<String, Object> queue, String kind) {
        return switch (kind) {
            case "Empty" -> Long.valueOf(0).equals(queue.get("MessageCount"));
            case "Internal", "External" -> kind.equalsIgnoreCase(TextForm.of(queue.get("NextHopCategory")));
            default -> kind.equalsIgnoreCase(TextForm.of(queue.get("DeliveryType")));
        };
    }

    private static boolean isAll(String identity) {
        return identity.equals("*") || identity.endsWith("\\*");
    }

    /// Exchange's documented oddity (reference §1.4): a Get- cmdlet with an identity that does not exist gives
    /// everything. Here it says so.
    private static <T> List<T> oneOrAll(
            Call call, String kind, String identity, Supplier<List<T>> one, Supplier<List<T>> all) {
        try {
            return one.get();
        } catch (ProblemException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            call.warn("No " + kind + " has the identity '" + identity
                    + "'. As in Exchange, all objects are returned instead.");
            return all.get();
        }
    }

    private static void getMessage(Call call) {
        ManagedObjects.thisServer(call);
        MessageQuery query = new MessageQuery(
                call.text("Queue"),
                call.text("Filter"),
                limit(call),
                call.flag("IncludeRecipientInfo"),
                call.flag("IncludeComponentLatencyInfo"));
        Consumer<SequencedMap<String, Object>> out =
                bag -> call.write(Bags.row("QueuedMessage", bag, call.io().zone()));
        // As they arrive: there may be any number.
        Supplier<List<SequencedMap<String, Object>>> listing = () -> {
            if (call.client().queuePages().messages(query, page(call), out)) {
                call.warn(MORE);
            }
            return List.of();
        };
        call.text("Identity")
                .filter(text -> !isAll(text))
                .map(text -> oneOrAll(
                        call, "message", text, () -> call.client().queuePages().message(text, query), listing))
                .orElseGet(listing)
                .forEach(out);
    }

    private static ResultLimit limit(Call call) {
        return call.value("ResultSize") instanceof ResultLimit limit ? limit : ResultLimit.serverDefault();
    }
}
