package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.SPAN;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.WaitFor;
import dev.tarry.client.WaitTimedOutException;
import dev.tarry.client.Waited;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Waiting for what queues and mailboxes come to, so that no script polls.
public final class WaitCmdlets {
    private static final String STEPS =
            "A running clock is waited with, a frozen one is stepped alarm by alarm; -Timeout is lab time (48 hours if not"
                    + " given), -RealTimeout real time (ten minutes).";

    private WaitCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Wait-Queue")
                        .summary("Waits until queues stand as they should, such as in Retry, or empty.")
                        .remark(STEPS)
                        .remark(
                                "Counts take a number or a comparison: -MessageCount 0, -MessageCount '>=10'. With no queue"
                                        + " named, all queues are meant.")
                        .takes(with(
                                Parameter.of("Identity", TEXT).at(0).pipedBy(),
                                Parameter.of("NextHopDomain", TEXT),
                                Parameter.of("Status", TEXT)
                                        .oneOf("Active", "Connecting", "Ready", "Retry", "Suspended"),
                                Parameter.of("LastError", TEXT),
                                Parameter.of("MessageCount", TEXT),
                                Parameter.of("QueueCount", TEXT),
                                Parameter.of("Empty", SWITCH)))
                        .oneOf("MessageCount", "Empty")
                        .shows("LabWait", columns())
                        .simply(WaitCmdlets::queue),
                Cmdlet.named("Wait-Mail")
                        .summary("Waits until mail has come to a mailbox here, or to somebody at a host of the lab.")
                        .remark(STEPS)
                        .remark(
                                "-Mailbox waits for mail in one of the server's own mailboxes, such as an NDR; -Recipient for"
                                        + " mail at the lab's hosts. -Count takes a number or a comparison; at least one if not"
                                        + " given.")
                        .takes(with(
                                Parameter.of("Recipient", TEXT).at(0).pipedBy(),
                                Parameter.of("Mailbox", TEXT),
                                Parameter.of("Sender", TEXT).alias("From"),
                                Parameter.of("HostName", TEXT),
                                Parameter.of("Subject", TEXT),
                                Parameter.of("Since", DATE),
                                Parameter.of("Count", TEXT)))
                        .oneOf("Recipient", "Mailbox")
                        .shows("LabWait", columns())
                        .simply(WaitCmdlets::mail));
    }

    private static Parameter[] with(Parameter... own) {
        List<Parameter> all = new ArrayList<>(List.of(own));
        all.add(Parameter.of("Timeout", SPAN));
        all.add(Parameter.of("RealTimeout", SPAN));
        all.add(Parameter.of("Settled", SWITCH));
        return all.toArray(Parameter[]::new);
    }

    private static String[] columns() {
        return new String[] {"When/22", "Waited/12", "Alarms", "Standing"};
    }

    private static void queue(Call call) {
        Map<String, Object> queue = new LinkedHashMap<>();
        call.text("Identity")
                .ifPresent(identity -> queue.put(isIdentity(identity) ? "identity" : "nextHopDomain", identity));
        put(call, "NextHopDomain", queue, "nextHopDomain");
        put(call, "Status", queue, "status");
        put(call, "LastError", queue, "lastError");
        put(call, "MessageCount", queue, "messageCount");
        put(call, "QueueCount", queue, "queues");
        if (call.flag("Empty")) {
            queue.put("messageCount", "0");
        }
        if (queue.isEmpty()) {
            throw nothing("-Identity, -NextHopDomain, -Status, -LastError, -MessageCount, -QueueCount and -Empty");
        }
        await(call, Map.of("queue", queue));
    }

    /// `MAIL\4` and `Submission` name queues; all else is the domain that one leads to.
    private static boolean isIdentity(String text) {
        return text.contains("\\")
                || List.of("Submission", "Unreachable", "Poison").stream().anyMatch(text::equalsIgnoreCase);
    }

    private static void mail(Call call) {
        Map<String, Object> mail = new LinkedHashMap<>();
        boolean here = call.has("Mailbox");
        List<String> others = here ? List.of("Sender", "HostName") : List.of("Subject");
        for (String other : others) {
            if (call.has(other)) {
                throw ShellFailure.of(
                        Category.InvalidArgument,
                        "AmbiguousParameterSet",
                        "ParameterBindingException",
                        "Parameter set cannot be resolved using the specified named parameters. -" + other + " goes "
                                + (here ? "without" : "with") + " -Mailbox.");
            }
        }
        put(call, "Mailbox", mail, "address");
        put(call, "Recipient", mail, "recipient");
        put(call, "Sender", mail, "sender");
        put(call, "HostName", mail, "host");
        put(call, "Subject", mail, "subject");
        put(call, "Count", mail, "count");
        call.date("Since").map(ZonedDateTime::toInstant).ifPresent(since -> mail.put("since", since.toString()));
        if (mail.isEmpty()) {
            throw nothing("-Recipient, -Mailbox, -Sender, -HostName and -Count");
        }
        await(call, Map.of(here ? "mailbox" : "mail", mail));
    }

    private static void put(Call call, String parameter, Map<String, Object> to, String member) {
        call.text(parameter).ifPresent(text -> to.put(member, text));
    }

    private static ShellFailure nothing(String parameters) {
        return ShellFailure.of(
                Category.InvalidArgument,
                "MissingMandatoryParameter",
                "ParameterBindingException",
                "Nothing to wait for is given: one at least of " + parameters + " is needed.");
    }

    private static void await(Call call, Map<String, Object> condition) {
        WaitFor what = WaitFor.condition(condition);
        Optional<Duration> timeout = ClockCmdlets.forward(call, "Timeout");
        Optional<Duration> real = ClockCmdlets.forward(call, "RealTimeout");
        WaitFor bounded = timeout.map(what::within).orElse(what);
        bounded = real.map(bounded::withinReal).orElse(bounded);
        try {
            Waited waited = call.client().await(call.flag("Settled") ? bounded.untilSettled() : bounded);
            call.write(new Row("LabWait")
                    .with("Condition", waited.condition())
                    .with("When", waited.when().atZone(call.io().zone()))
                    .with("Waited", waited.waited())
                    .with("Alarms", waited.alarms())
                    .with("RealMilliseconds", waited.real().toMillis())
                    .with("Standing", waited.standing()));
        } catch (WaitTimedOutException late) {
            throw ShellFailure.of(Category.OperationTimeout, "WaitTimedOut", "TimeoutException", late.getMessage())
                    .withTarget(late.waited().condition())
                    .causedBy(late);
        }
    }
}
