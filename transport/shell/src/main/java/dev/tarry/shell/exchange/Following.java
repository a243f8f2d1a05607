package dev.tarry.shell.exchange;

import dev.tarry.client.ClientException;
import dev.tarry.client.OperationStatus;
import dev.tarry.client.VerbClient;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.print.ProgressLine;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.value.ShellFailure;

/// A verb on everything that matches a filter, followed until it is over: a line tells how far it is, and
/// Ctrl-C cancels it, so that nothing goes on of which nobody knows. A redirection goes on, as it does in Exchange:
/// then Ctrl-C tells so, and how to stop it. Lives on the thread that runs the script.
final class Following {
    private Following() {}

    /// @return how it ended, of which has been told what it did not do
    static OperationStatus toItsEnd(Call call, OperationStatus begun) {
        VerbClient verbs = call.client().verbs();
        return toItsEnd(call, begun, () -> cancel(verbs, begun.id()));
    }

    /// As [#toItsEnd], of something that goes on when nobody follows it any more.
    static OperationStatus fromAfar(Call call, OperationStatus begun) {
        return toItsEnd(call, begun, () -> {
            call.io().err().println(goesOn(begun));
            call.io().err().flush();
        });
    }

    /// What there is to know of one that is not followed any more.
    static String goesOn(OperationStatus begun) {
        return System.lineSeparator() + "WARNING: " + begun.verb() + " to " + SafeText.line(begun.what())
                + " goes on at the server, which takes no new mail until it is over. It is operation " + begun.id()
                + ": POST /api/v1/operations/" + begun.id() + "/cancel stops it, and GET /api/v1/operations/"
                + begun.id() + " says how far it is.";
    }

    private static OperationStatus toItsEnd(Call call, OperationStatus begun, Runnable onInterrupt) {
        if (begun.over()) {
            tell(call, begun);
            return begun;
        }
        VerbClient verbs = call.client().verbs();
        Thread cancelling = Thread.ofPlatform().unstarted(onInterrupt);
        Runtime.getRuntime().addShutdownHook(cancelling); // Ctrl-C ends the whole shell
        OperationStatus ended;
        try (ProgressLine line = new ProgressLine(call.io())) {
            ended = verbs.finish(begun, now -> line.show(shown(now)));
        } finally {
            forget(cancelling);
        }
        tell(call, ended);
        return ended;
    }

    private static void cancel(VerbClient verbs, long id) {
        try {
            verbs.cancel(id);
        } catch (ClientException _) {
            // The server is gone, and the operation with it.
        }
    }

    private static void forget(Thread cancelling) {
        try {
            Runtime.getRuntime().removeShutdownHook(cancelling);
        } catch (IllegalStateException _) {
            // It is being carried out.
        }
    }

    /// `Remove-Message: 52000 of 1000000 looked at (5 %), 8100 of 8100 done`
    private static String shown(OperationStatus now) {
        String share = now.objects() == 0 ? "" : " (" + now.looked() * 100 / now.objects() + " %)";
        return now.verb() + ": " + now.looked() + " of " + now.objects() + " looked at" + share + ", " + now.done()
                + " of " + now.matched() + " done";
    }

    /// What was done needs no words; what was not does.
    private static void tell(Call call, OperationStatus ended) {
        switch (ended.state()) {
            case "failed" ->
                call.report(refusal(
                        "OperationFailed",
                        ended.problem() + ". It was done for " + ended.done() + " of " + ended.matched()
                                + " objects before that.",
                        ended));
            case "cancelled" ->
                call.warn("The operation was cancelled: it was done for " + ended.done() + " of " + ended.matched()
                        + " objects that matched; the rest is as it was.");
            default -> {}
        }
        if (!ended.warning().isEmpty()) {
            call.warn(ended.warning());
        }
        for (OperationStatus.Refusal refusal : ended.refusals()) {
            String many = refusal.count() + " of " + ended.matched() + " objects: ";
            call.report(refusal("order-refused", many + refusal.says(), ended));
        }
    }

    private static ShellFailure refusal(String id, String message, OperationStatus of) {
        return ShellFailure.of(ShellFailure.Category.InvalidOperation, id, "ServerException", message)
                .withTarget(of.what());
    }
}
