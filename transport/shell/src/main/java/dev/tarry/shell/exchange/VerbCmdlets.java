package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.FILTER;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.MessageVerb;
import dev.tarry.client.OperationStatus;
import dev.tarry.client.Outcome;
import dev.tarry.client.QueueVerb;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What can be done to queues and messages (reference §2.4): to one by its identity, which may come down the
/// pipeline, or to all that match a filter (reference §11.1). Exchange says nothing when it is done, and so
/// does this; that nothing was retried, it says.
final class VerbCmdlets {
    private VerbCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                onQueues(
                        Cmdlet.named("Suspend-Queue")
                                .example(
                                        "Suspend-Queue fabrikam.com -Confirm:$false",
                                        "Lets nothing leave for fabrikam.com.")
                                .summary("Lets nothing leave a queue until it is resumed; what is being sent goes on."),
                        "Suspending",
                        _ -> QueueVerb.SUSPEND),
                onQueues(
                        Cmdlet.named("Resume-Queue")
                                .example(
                                        "Get-Queue | Where-Object Status -eq Suspended | Resume-Queue",
                                        "Lets mail leave all suspended queues again.")
                                .summary("Lets mail leave a suspended queue again."),
                        "Resuming",
                        _ -> QueueVerb.RESUME),
                onQueues(
                        Cmdlet.named("Retry-Queue")
                                .example(
                                        "Retry-Queue -Filter \"Status -eq 'Retry'\"",
                                        "Tries all queues in Retry at once.")
                                .example(
                                        "Retry-Queue fabrikam.com -Resubmit $true",
                                        "Sends the messages of a queue through routing again, after a connector or DNS has changed.")
                                .summary("Tries a queue in Retry at once; with -Resubmit $true its messages are routed"
                                        + " anew instead.")
                                .remark("Where there is nothing to retry, a warning says so; Exchange says nothing."),
                        "Retrying",
                        call -> call.flag("Resubmit") ? QueueVerb.RESUBMIT : QueueVerb.RETRY,
                        Parameter.of("Resubmit", BOOLEAN)),
                onMessages(
                        Cmdlet.named("Suspend-Message")
                                .example(
                                        "Suspend-Message -Filter \"Subject -like 'Offer*'\" -Confirm:$false",
                                        "Keeps messages back that have such a subject.")
                                .summary("Keeps a message in its queue until it is resumed."),
                        "Suspending",
                        _ -> MessageVerb.SUSPEND),
                onMessages(
                        Cmdlet.named("Resume-Message")
                                .example(
                                        "Get-Message -Filter \"Status -eq 'Suspended'\" | Resume-Message",
                                        "Lets all suspended messages go.")
                                .summary("Lets a suspended message leave again, or one in the Poison queue try anew."),
                        "Resuming",
                        _ -> MessageVerb.RESUME),
                onMessages(
                        Cmdlet.named("Remove-Message")
                                .example(
                                        "Remove-Message -Filter \"FromAddress -eq 'spam@company.com'\" -WithNDR $false -Confirm:$false",
                                        "Deletes the queued messages of a sender without telling anybody.")
                                .summary("Deletes a message from its queue; its sender gets an NDR unless -WithNDR is"
                                        + " $false.")
                                .prompts(),
                        "Removing",
                        call -> call.has("WithNDR") && !call.flag("WithNDR")
                                ? MessageVerb.REMOVE_SILENTLY
                                : MessageVerb.REMOVE,
                        Parameter.of("WithNDR", BOOLEAN)),
                Cmdlet.named("Redirect-Message")
                        .takes(
                                ManagedObjects.server().required(),
                                Parameter.of("Target", TEXT).required())
                        .acts()
                        .summary("Hands all queued mail over to another server; no new mail is taken meanwhile.")
                        .simply(VerbCmdlets::redirect));
    }

    private static void redirect(Call call) {
        ManagedObjects.thisServer(call);
        String target = call.text("Target").orElseThrow();
        if (call.proceedWith("Redirecting messages of server \""
                + call.text("Server").orElseThrow() + "\" to \"" + target + "\".")) {
            Following.fromAfar(call, call.client().verbs().redirect(target));
        }
    }

    private static Cmdlet onQueues(
            Cmdlet.Draft draft, String doing, Function<Call, QueueVerb> verb, Parameter... more) {
        return chosen(draft, more).simply(call -> {
            ManagedObjects.thisServer(call);
            if (call.has("Filter")) {
                String filter = call.text("Filter").orElseThrow();
                if (call.proceedWith(doing + " queues that match the filter \"" + filter + "\".")) {
                    QueueVerb order = verb.apply(call);
                    OperationStatus ended =
                            Following.toItsEnd(call, call.client().verbs().queues(order, filter));
                    if (ended.unchanged() > 0 && ended.unchanged() == ended.matched()) {
                        nothingRetried(order, "Each of the " + ended.matched() + " queues that matched")
                                .ifPresent(call::warn);
                    }
                }
            } else {
                String identity = identity(call);
                if (call.proceedWith(doing + " queue \"" + identity + "\".")) {
                    QueueVerb order = verb.apply(call);
                    Outcome outcome = call.client().verbs().queue(order, identity);
                    if (outcome.word().equals("unchanged")) {
                        nothingRetried(order, "The queue '" + identity + "'").ifPresent(call::warn);
                    }
                }
            }
        });
    }

    /// A retry that tries nothing would look like one that has failed again. Suspending what is suspended is what was
    /// wanted.
    private static Optional<String> nothingRetried(QueueVerb order, String queue) {
        return switch (order) {
            case RETRY ->
                Optional.of(queue + " is not waiting for a retry, so nothing was tried: only the status Retry has an"
                        + " effect here.");
            case RESUBMIT -> Optional.of(queue + " has no messages that could be resubmitted, so nothing was done.");
            case SUSPEND, RESUME -> Optional.empty();
        };
    }

    private static Cmdlet onMessages(
            Cmdlet.Draft draft, String doing, Function<Call, MessageVerb> verb, Parameter... more) {
        return chosen(draft, more).simply(call -> {
            ManagedObjects.thisServer(call);
            if (call.has("Filter")) {
                String filter = call.text("Filter").orElseThrow();
                if (call.proceedWith(doing + " messages that match the filter \"" + filter + "\".")) {
                    Following.toItsEnd(call, call.client().verbs().messages(verb.apply(call), filter));
                }
            } else {
                String identity = identity(call);
                if (call.proceedWith(doing + " message \"" + identity + "\".")) {
                    call.client().verbs().message(verb.apply(call), identity);
                }
            }
        });
    }

    /// Identity, or Filter and perhaps Server: one of the two sets.
    private static Cmdlet.Draft chosen(Cmdlet.Draft draft, Parameter... more) {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.of("Identity", TEXT).at(0).required().pipedBy(),
                Parameter.of("Filter", FILTER),
                ManagedObjects.server()));
        parameters.addAll(List.of(more));
        return draft.takes(parameters.toArray(Parameter[]::new))
                .oneOf("Identity", "Filter")
                .oneOf("Identity", "Server")
                .acts();
    }

    private static String identity(Call call) {
        return call.text("Identity")
                .orElseThrow(() -> ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "MissingMandatoryParameter",
                        "ParameterBindingException",
                        "Cannot process command because of one or more missing mandatory parameters: Identity."));
    }
}
