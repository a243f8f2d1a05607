package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.FILTER;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.SPAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.ManagementClient.Digest;
import dev.tarry.client.ResultLimit;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Queues counted together: Get-QueueDigest (reference §11.4).
final class QueueDigestCmdlets {
    private static final String SITE = "Default-First-Site-Name";

    private QueueDigestCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Get-QueueDigest")
                .example(
                        "Get-QueueDigest -Server MAIL -GroupBy LastError", "Counts queued messages by what keeps them.")
                .takes(
                        Parameter.of("Server", TEXTS).pipedFrom(ManagedObjects.SERVERS, "Name"),
                        Parameter.of("Site", TEXTS),
                        Parameter.of("Forest", SWITCH),
                        Parameter.of("Filter", FILTER),
                        Parameter.of("GroupBy", TEXT)
                                .oneOf(
                                        "DeliveryType",
                                        "LastError",
                                        "NextHopCategory",
                                        "NextHopDomain",
                                        "NextHopKey",
                                        "RiskLevel",
                                        "Status",
                                        "ServerName",
                                        "OutboundIPPool"),
                        Parameter.of("DetailsLevel", TEXT).oneOf("None", "Normal", "Verbose"),
                        Parameter.of("ResultSize", LIMIT),
                        Parameter.of("Timeout", SPAN))
                .oneOf("Server", "Site", "Forest", "Dag")
                .shows(
                        "QueueDigest",
                        "GroupByValue",
                        "MessageCount",
                        "DeferredMessageCount",
                        "LockedMessageCount",
                        "StaleMessageCount",
                        "Details")
                .summary("Counts queues of the same kind together, those with the most messages first.")
                .remark("Delivery queues with fewer than ten messages are left out unless they are suspended, as in"
                        + " Exchange (the setting queueLog.threshold); the others count when they hold any.")
                .remark(
                        "The queues themselves are asked: what it shows is not a minute or two old, as Exchange's is, and"
                                + " -Timeout is never reached.")
                .refuses("There is no database availability group here.", TEXTS, "Dag")
                .simply(QueueDigestCmdlets::get));
    }

    private static void get(Call call) {
        if (call.texts("Server").isEmpty() && call.texts("Site").isEmpty() && !call.flag("Forest")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "AmbiguousParameterSet",
                    "ParameterBindingException",
                    "Parameter set cannot be resolved using the specified named parameters. One of -Server, -Site and"
                            + " -Forest is needed.");
        }
        call.texts("Server").forEach(server -> ManagedObjects.ownServer(call, server));
        call.texts("Site").stream()
                .filter(site -> !site.equalsIgnoreCase(SITE))
                .findFirst()
                .ifPresent(QueueDigestCmdlets::unknownSite);
        Optional<Long> groups = call.value("ResultSize") instanceof ResultLimit limit
                ? Optional.of(limit.equals(ResultLimit.unlimited()) ? 1_000_000L : Long.parseLong(limit.text()))
                : Optional.empty();
        boolean more = call.client()
                .management()
                .queueDigest(
                        new Digest(call.text("Filter"), call.text("GroupBy"), call.text("DetailsLevel"), groups),
                        group -> call.write(row(call, group)));
        if (more) {
            call.warn("There are more groups than are returned; give a larger -ResultSize, or Unlimited.");
        }
    }

    private static void unknownSite(String site) {
        throw ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ManagementObjectNotFound",
                        "ManagementObjectNotFoundException",
                        "The operation couldn't be performed because object '" + site
                                + "' couldn't be found. The one site" + " here is " + SITE + ".")
                .withTarget(site);
    }

    private static Row row(Call call, SequencedMap<String, Object> group) {
        Row row = Bags.row("QueueDigest", group, call.io().zone());
        List<Object> details = new ArrayList<>();
        if (row.get("Details") instanceof List<?> queues) {
            for (Object queue : queues) {
                details.add(queue instanceof Row one ? detail(one) : queue);
            }
        }
        return row.with("Details", details);
    }

    private static Row detail(Row queue) {
        Row detail = new Row("QueueDigestDetails").withOnDemand("Identity", () -> queue.get("QueueIdentity"));
        queue.names().forEach(name -> detail.with(name, queue.get(name)));
        return detail;
    }
}
