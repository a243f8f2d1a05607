package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Formatted;
import dev.tarry.shell.value.ShellFailure;

/// What comes down the pipeline to a cmdlet that takes anything.
final class Inputs {
    static final Parameter INPUT = Parameter.of("InputObject", ANY).pipedWhole();

    private Inputs() {}

    /// The present object, if it is one still; null where there is none.
    ///
    /// @throws ShellFailure for what a Format cmdlet put out: PowerShell would go on with its pieces, to no use
    static Object unformatted(Call call) {
        Object item = call.input();
        if (item instanceof Formatted) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidData,
                    "FormattedInput",
                    "InvalidOperationException",
                    "What Format cmdlets put out is for the screen and for Out cmdlets only: put Format-Table,"
                            + " Format-List or Format-Wide last.");
        }
        return item;
    }

    static ShellFailure notInRange(String parameter, String range) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidData,
                "ParameterArgumentValidationError",
                "ParameterBindingValidationException",
                "Cannot validate argument on parameter '" + parameter + "'. " + range);
    }

    static ShellFailure missing(String parameters) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidArgument,
                "MissingMandatoryParameter",
                "ParameterBindingException",
                "Cannot process command because of one or more missing mandatory parameters: " + parameters + ".");
    }

    static ShellFailure invalid(String id, String message) {
        return ShellFailure.of(ShellFailure.Category.InvalidArgument, id, "PSArgumentException", message);
    }
}
