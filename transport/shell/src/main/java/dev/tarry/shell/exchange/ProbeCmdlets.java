package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.ResultLimit;
import dev.tarry.client.TrackingQuery;
import dev.tarry.client.WaitTimedOutException;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.TextForm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Tests that do something: Test-SmtpConnectivity and Test-Mailflow (reference §11.4).
final class ProbeCmdlets {
    /// How long a test message may take, in lab time, if nothing is said.
    private static final Duration EXECUTION_TIMEOUT = Duration.ofSeconds(240);

    private static final List<String> ARRIVALS = List.of("DELIVER", "SEND");

    private static final String MONITORING = "There is no System Center Operations Manager here to be told.";

    private ProbeCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Test-SmtpConnectivity")
                        .example(
                                "Test-SmtpConnectivity MAIL | Format-List",
                                "Connects to every receive connector and shows what it says.")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .shows(
                                "SmtpConnectivity",
                                "Server",
                                "ReceiveConnector",
                                "Binding",
                                "EndPoint",
                                "StatusCode",
                                "Details")
                        .acts()
                        .summary("Dials every binding of every Receive connector, and shows how it is greeted.")
                        .remark(
                                "The server dials itself, over the computer's own network: the lab's firewall is not asked.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(MONITORING, BOOLEAN, "MonitoringContext")
                        .simply(ProbeCmdlets::connectivity),
                Cmdlet.named("Test-Mailflow")
                        .example("Test-Mailflow", "Sends a message through transport to itself.")
                        .takes(
                                ManagedObjects.identity(false),
                                Parameter.of("TargetEmailAddress", TEXT),
                                Parameter.of("TargetMailboxServer", TEXT),
                                Parameter.of("AutoDiscoverTargetMailboxServer", SWITCH),
                                Parameter.of("ExecutionTimeout", WHOLE),
                                ManagedObjects.domainController())
                        .oneOf("TargetEmailAddress", "TargetMailboxServer", "AutoDiscoverTargetMailboxServer")
                        .acts()
                        .shows("MailflowTest", "TestMailflowResult", "MessageLatencyTime", "IsRemoteTest")
                        .summary(
                                "Sends a message to the system mailbox, or to an address, and waits until it is there.")
                        .remark("The times are lab time: on a clock that stands, the wait steps it alarm by alarm.")
                        .remark(
                                "A message to somebody outside has arrived when the next host has taken it; Exchange waits"
                                        + " for a delivery report.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(MONITORING, BOOLEAN, "MonitoringContext")
                        .refuses(MONITORING, "ErrorLatency", "ActiveDirectoryTimeout", "TargetEmailAddressDisplayName")
                        .refuses(
                                "There is no hybrid deployment here.",
                                "CrossPremises",
                                "CrossPremisesExpirationTimeout",
                                "CrossPremisesPendingErrorCount")
                        .refuses("The one mailbox database here is the server's own.", "TargetDatabase")
                        .simply(ProbeCmdlets::mailflow));
    }

    private static void connectivity(Call call) {
        call.text("Identity").ifPresent(identity -> ManagedObjects.ownServer(call, identity));
        if (call.proceedWith("Testing SMTP connectivity of the Receive connectors.")) {
            call.client()
                    .management()
                    .testSmtpConnectivity()
                    .forEach(row -> call.write(
                            Bags.row("SmtpConnectivity", row, call.io().zone())));
        }
    }

    private static void mailflow(Call call) {
        for (String server : List.of("Identity", "TargetMailboxServer")) {
            call.text(server).ifPresent(identity -> ManagedObjects.ownServer(call, identity));
        }
        Optional<String> target = call.text("TargetEmailAddress");
        if (!call.proceedWith(
                "Testing mail flow" + target.map(to -> " to \"" + to + "\"").orElse("") + ".")) {
            return;
        }
        SequencedMap<String, Object> sent = call.client().management().sendTestMail(target);
        Duration patience =
                call.whole("ExecutionTimeout").map(Duration::ofSeconds).orElse(EXECUTION_TIMEOUT);
        try {
            call.client().await(ended(sent), patience);
        } catch (WaitTimedOutException _) {
            // told below, as what has failed is
        }
        Optional<SequencedMap<String, Object>> arrived = arrived(call, sent);
        if (arrived.isEmpty()) {
            call.warn("The test message to " + TextForm.of(sent.get("Recipient"))
                    + " has not arrived. Get-Message and Get-MessageTrackingLog -MessageId '"
                    + TextForm.of(sent.get("MessageId")) + "' tell where it is.");
        }
        call.write(new Row("MailflowTest")
                .with("TestMailflowResult", arrived.isPresent() ? "Success" : "*FAILURE*")
                .with(
                        "MessageLatencyTime",
                        arrived.map(event -> latency(sent, event)).orElse(Duration.ZERO))
                .with("IsRemoteTest", target.isPresent())
                .with("Identity", "")
                .with("IsValid", true)
                .with("ObjectState", "New"));
    }

    private static Optional<SequencedMap<String, Object>> arrived(Call call, Map<String, Object> sent) {
        TrackingQuery query = new TrackingQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(TextForm.of(sent.get("MessageId"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
        return call.client().tracking(query).stream()
                .filter(event -> ARRIVALS.contains(TextForm.of(event.get("EventId"))))
                .findFirst();
    }

    private static Duration latency(Map<String, Object> sent, Map<String, Object> event) {
        return sent.get("Timestamp") instanceof Instant from && event.get("Timestamp") instanceof Instant at
                ? Duration.between(from, at)
                : Duration.ZERO;
    }

    /// It is in a mailbox here, or the next host has it, or it has failed; whenever that was.
    private static Object ended(Map<String, Object> sent) {
        return Map.of(
                "any",
                Stream.concat(ARRIVALS.stream(), Stream.of("FAIL"))
                        .map(event -> Map.of(
                                "tracking",
                                Map.of("eventId", event, "messageId", sent.get("MessageId"), "since", "ever")))
                        .toList());
    }
}
