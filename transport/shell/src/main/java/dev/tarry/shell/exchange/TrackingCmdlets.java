package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.ResultLimit;
import dev.tarry.client.TrackingQuery;
import dev.tarry.client.TrackingWalk;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.time.ZonedDateTime;
import java.util.List;

/// The message tracking log (reference §8.5). Its rows carry NextHopDomain besides what Exchange's do, because
/// administrators' guides select it. They come in the order of time, as Exchange reads its files; where more match than
/// -ResultSize says, they are the newest of them, and a warning tells so.
final class TrackingCmdlets {
    private TrackingCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Get-MessageTrackingLog")
                .example(
                        "Get-MessageTrackingLog -Start (Get-Date).AddHours(-1) -EventId DEFER",
                        "Shows what was put off in the last hour.")
                .example(
                        "Get-MessageTrackingLog -Recipients user@fabrikam.com | Format-Table Timestamp, EventId, RecipientStatus -Wrap",
                        "Follows the mail of a recipient.")
                .takes(
                        Parameter.of("Start", DATE),
                        Parameter.of("End", DATE),
                        Parameter.of("EventId", TEXT),
                        Parameter.of("Source", TEXT),
                        Parameter.of("Sender", TEXT),
                        Parameter.of("Recipients", TEXTS),
                        Parameter.of("MessageId", TEXT).pipedBy("InternetMessageId"),
                        Parameter.of("InternalMessageId", TEXT),
                        Parameter.of("NetworkMessageId", TEXT),
                        Parameter.of("MessageSubject", TEXT),
                        Parameter.of("Reference", TEXT),
                        Parameter.of("TransportTrafficType", TEXT),
                        Parameter.of("ResultSize", LIMIT),
                        ManagedObjects.server().at(0),
                        Parameter.of("DomainController", TEXT)) // there is none: it has no effect
                .shows("MessageTrackingEvent", "EventId", "Source", "Sender", "Recipients", "MessageSubject")
                .summary("Finds what happened to messages, in the message tracking log.")
                .remark(
                        "NextHopDomain is tarry's own: Exchange's events have no such property, and print a blank for it.")
                .remark("Where more events match than -ResultSize says, these are the newest, and a warning says so.")
                .remark(ManagedObjects.NO_DIRECTORY)
                .simply(TrackingCmdlets::search));
    }

    private static void search(Call call) {
        ManagedObjects.thisServer(call);
        call.date("Start")
                .ifPresent(start -> call.date("End").filter(start::isAfter).ifPresent(end -> {
                    throw ShellFailure.of(
                            ShellFailure.Category.InvalidArgument,
                            "StartAfterEnd",
                            "ArgumentException",
                            "The value of -Start, " + TextForm.of(start) + ", is after the value of -End, "
                                    + TextForm.of(end) + ".");
                }));
        TrackingQuery query = new TrackingQuery(
                call.date("Start").map(ZonedDateTime::toInstant),
                call.date("End").map(ZonedDateTime::toInstant),
                call.text("EventId"),
                call.text("Source"),
                call.text("Sender"),
                call.texts("Recipients"),
                call.text("MessageId"),
                call.text("InternalMessageId"),
                call.text("NetworkMessageId"),
                call.text("MessageSubject"),
                call.text("Reference"),
                call.text("TransportTrafficType"),
                limit(call));
        TrackingWalk found = call.client().trackingWalk(query);
        if (found.more()) {
            call.warn("There are more events than are returned; these are the newest. To get the others, give a larger"
                    + " -ResultSize, or Unlimited, or an earlier -End.");
        }
        // As they arrive: there may be any number.
        found.forEach(event ->
                call.write(Bags.row("MessageTrackingEvent", event, call.io().zone())));
    }

    /// @throws ShellFailure where it is a number that is larger than the server gives at once
    private static ResultLimit limit(Call call) {
        if (!(call.value("ResultSize") instanceof ResultLimit limit)) {
            return ResultLimit.serverDefault();
        }
        if (!limit.equals(ResultLimit.unlimited()) && Long.parseLong(limit.text()) > TrackingWalk.MOST) {
            throw ShellFailure.of(
                            ShellFailure.Category.InvalidArgument,
                            "ResultSizeTooLarge",
                            "ArgumentException",
                            "The value of -ResultSize is 1 to " + TrackingWalk.MOST + ", or Unlimited, which gives all"
                                    + " there are; not " + limit.text() + ".")
                    .withTarget(limit.text());
        }
        return limit;
    }
}
