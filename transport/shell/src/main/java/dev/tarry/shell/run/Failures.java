package dev.tarry.shell.run;

import dev.tarry.client.AnswerBrokenOffException;
import dev.tarry.client.ClientException;
import dev.tarry.client.ProblemException;
import dev.tarry.client.UnexpectedAnswerException;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;

/// Exceptions as a script sees them.
final class Failures {
    private Failures() {}

    /// What an exception means to a script; those that are no errors pass.
    static ShellFailure of(RuntimeException thrown) {
        return switch (thrown) {
            case ShellFailure known -> known;
            case ProblemException refused -> refused(refused);
            case UnexpectedAnswerException odd -> server(Category.InvalidData, "UnexpectedAnswer", odd);
            case AnswerBrokenOffException broken -> server(Category.ResourceUnavailable, "AnswerBrokenOff", broken);
            case Enough passing -> throw passing;
            case ExitRequest passing -> throw passing;
            case Flow passing -> throw passing;
            case Interruption.Interrupted passing -> throw passing;
            case ClientException passing -> throw passing;
            default ->
                ShellFailure.of(
                                Category.NotSpecified,
                                "InternalError",
                                thrown.getClass().getSimpleName(),
                                "An error inside the shell: " + thrown)
                        .causedBy(thrown);
        };
    }

    /// The id is the last word of the problem's type, where it has one of its own.
    private static ShellFailure refused(ProblemException refusal) {
        String type = refusal.type();
        String last = type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
        String id = type.equals("about:blank") || last.isBlank() ? "Status" + refusal.status() : last;
        return server(category(refusal.status()), id, refusal);
    }

    private static Category category(int status) {
        return switch (status) {
            case 404 -> Category.ObjectNotFound;
            case 401, 403 -> Category.PermissionDenied;
            case 409, 405 -> Category.InvalidOperation;
            case 501 -> Category.NotImplemented;
            default -> status >= 500 ? Category.ResourceUnavailable : Category.InvalidArgument;
        };
    }

    private static ShellFailure server(Category category, String errorId, RuntimeException thrown) {
        return ShellFailure.of(category, errorId, "ServerException", thrown.getMessage())
                .causedBy(thrown);
    }

    static ShellFailure tooDeep() {
        return ShellFailure.of(
                Category.InvalidOperation,
                "CallDepthOverflow",
                "ScriptCallDepthException",
                "The script failed due to call depth overflow.");
    }
}
