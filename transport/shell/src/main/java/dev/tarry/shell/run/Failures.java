package dev.tarry.shell.run;

import dev.tarry.client.AnswerBrokenOffException;
import dev.tarry.client.ClientException;
import dev.tarry.client.ProblemException;
import dev.tarry.client.UnexpectedAnswerException;
import dev.tarry.shell.value.ShellFailure;

/// Exceptions as a script sees them.
final class Failures {
    private Failures() {}

    /// What an exception means to a script; those that are no errors pass.
    static ShellFailure of(RuntimeException thrown) {
        return switch (thrown) {
            case ShellFailure known -> known;
            case ProblemException refused -> refused(refused);
            case UnexpectedAnswerException refused -> refused(refused);
            case AnswerBrokenOffException refused -> refused(refused);
            case Enough passing -> throw passing;
            case ExitRequest passing -> throw passing;
            case Flow passing -> throw passing;
            case Interruption.Interrupted passing -> throw passing;
            case ClientException passing -> throw passing;
            default ->
                ShellFailure.of(
                                ShellFailure.Category.NotSpecified,
                                "InternalError",
                                thrown.getClass().getSimpleName(),
                                "An error inside the shell: " + thrown)
                        .causedBy(thrown);
        };
    }

    private static ShellFailure refused(RuntimeException refused) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidOperation, "ServerRefused", "ServerException", refused.getMessage());
    }

    static ShellFailure tooDeep() {
        return ShellFailure.of(
                ShellFailure.Category.InvalidOperation,
                "CallDepthOverflow",
                "ScriptCallDepthException",
                "The script failed due to call depth overflow.");
    }
}
