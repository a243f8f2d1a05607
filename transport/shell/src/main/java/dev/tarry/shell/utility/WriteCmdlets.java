package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a script says to whom: the Write cmdlets.
public final class WriteCmdlets {
    /// In the order of .NET's ConsoleColor.
    private static final List<String> COLOURS = List.of(
            "Black",
            "DarkBlue",
            "DarkGreen",
            "DarkCyan",
            "DarkRed",
            "DarkMagenta",
            "DarkYellow",
            "Gray",
            "DarkGray",
            "Blue",
            "Green",
            "Cyan",
            "Red",
            "Magenta",
            "Yellow",
            "White");

    /// A terminal's number of each of the first eight: bit 0 is red there and blue in .NET.
    private static final List<Integer> TERMINAL = List.of(0, 4, 2, 6, 1, 5, 3, 7);

    private WriteCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Write-Output", "write", "echo")
                        .takes(
                                Parameter.of("InputObject", ANYS)
                                        .at(0)
                                        .required()
                                        .takingTheRest()
                                        .pipedWhole(),
                                Parameter.of("NoEnumerate", SWITCH))
                        .summary("Writes the specified objects to the pipeline.")
                        .simply(call -> {
                            List<Object> values = Conversion.list(call.value("InputObject"));
                            if (call.flag("NoEnumerate") && !call.isPiped()) {
                                call.write(Conversion.collected(values));
                            } else {
                                values.forEach(call::write);
                            }
                        }),
                Cmdlet.named("Write-Host")
                        .takes(
                                Parameter.of("Object", ANYS)
                                        .at(0)
                                        .takingTheRest()
                                        .pipedWhole(),
                                Parameter.of("NoNewline", SWITCH),
                                Parameter.of("Separator", TEXT),
                                Parameter.of("ForegroundColor", TEXT).oneOf(COLOURS.toArray(String[]::new)),
                                Parameter.of("BackgroundColor", TEXT).oneOf(COLOURS.toArray(String[]::new)))
                        .summary("Writes customized output to a host.")
                        .remark("Colours are shown at an interactive prompt only, and not where NO_COLOR is set.")
                        .simply(WriteCmdlets::writeHost),
                Cmdlet.named("Write-Warning")
                        .takes(Parameter.of("Message", TEXT).at(0).required().pipedWhole())
                        .summary("Writes a warning message.")
                        .simply(call -> call.warn(call.text("Message").orElse(""))),
                Cmdlet.named("Write-Error")
                        .takes(
                                Parameter.of("Message", TEXT).at(0).alias("Msg").pipedWhole(),
                                Parameter.of("Exception", ANY),
                                Parameter.of("Category", TEXT)
                                        .oneOf(Arrays.stream(ShellFailure.Category.values())
                                                .map(Enum::name)
                                                .toArray(String[]::new)),
                                Parameter.of("ErrorId", TEXT),
                                Parameter.of("TargetObject", ANY))
                        .summary("Writes an object to the error stream.")
                        .simply(WriteCmdlets::writeError),
                Cmdlet.named("Write-Verbose")
                        .takes(Parameter.of("Message", TEXT).at(0).required().pipedWhole())
                        .summary("Writes text to the verbose message stream.")
                        .simply(call -> call.verbose(call.text("Message").orElse(""))),
                Cmdlet.named("Write-Debug")
                        .takes(Parameter.of("Message", TEXT).at(0).required().pipedWhole())
                        .summary("Writes a debug message to the console.")
                        .simply(call -> call.debug(call.text("Message").orElse(""))),
                Cmdlet.named("Write-Information")
                        .takes(
                                Parameter.of("MessageData", ANY)
                                        .at(0)
                                        .alias("Msg")
                                        .required()
                                        .pipedWhole(),
                                Parameter.of("Tags", TEXTS).at(1))
                        .summary("Specifies how PowerShell handles information stream data for a command.")
                        .simply(call -> {
                            String text = TextForm.of(call.value("MessageData"));
                            if (!call.host(text, true) && wanted(call)) {
                                print(call.io().out(), SafeText.lines(text), false);
                            }
                        }),
                Cmdlet.named("Write-Progress")
                        .takes(
                                Parameter.of("Activity", TEXT).at(0).required(),
                                Parameter.of("Status", TEXT).at(1),
                                Parameter.of("Id", WHOLE).at(2),
                                Parameter.of("PercentComplete", WHOLE),
                                Parameter.of("SecondsRemaining", WHOLE),
                                Parameter.of("CurrentOperation", TEXT),
                                Parameter.of("ParentId", WHOLE),
                                Parameter.of("Completed", SWITCH))
                        .summary("Displays a progress bar within a PowerShell command window.")
                        .remark("It is one line, without a bar, on the error output, and only where somebody looks.")
                        .simply(WriteCmdlets::progress));
    }

    private static void writeHost(Call call) {
        String separator = call.text("Separator").orElse(" ");
        StringBuilder text = new StringBuilder();
        for (Object value : Conversion.list(call.value("Object"))) {
            text.append(text.isEmpty() ? "" : separator)
                    .append(value instanceof List<?> list ? TextForm.joined(list, separator) : displayed(value));
        }
        String safe = SafeText.lines(text.toString());
        if (call.host(text.toString(), !call.flag("NoNewline"))) {
            return;
        }
        String colours = colours(call);
        print(call.io().out(), colours.isEmpty() ? safe : colours + safe + "\u001b[0m", call.flag("NoNewline"));
    }

    private static void print(PrintStream to, String safe, boolean open) {
        if (open) {
            to.print(safe);
            to.flush();
        } else {
            to.println(safe);
        }
    }

    /// What turns the colours on; nothing where nobody sees them.
    private static String colours(Call call) {
        if (!call.io().interactive() || call.io().environment().containsKey("NO_COLOR")) {
            return "";
        }
        StringBuilder codes = new StringBuilder();
        call.text("ForegroundColor").ifPresent(name -> codes.append(code(name, 30)));
        call.text("BackgroundColor").ifPresent(name -> codes.append(code(name, 40)));
        return codes.toString();
    }

    private static String code(String name, int base) {
        int colour = COLOURS.indexOf(name);
        // The second eight are the bright ones; but .NET's Gray is the darker white, its DarkGray the bright black.
        int shade = TERMINAL.get(colour % 8);
        return "\u001b[" + (base + shade + (colour >= 8 ? 60 : 0)) + "m";
    }

    private static String displayed(Object value) {
        return value instanceof Row ? TextForm.of(value) : TextForm.display(value);
    }

    private static void writeError(Call call) {
        String message = call.text("Message")
                .or(() -> call.has("Exception") ? Optional.of(TextForm.of(call.value("Exception"))) : Optional.empty())
                .orElseThrow(() -> Inputs.missing("Message"));
        ShellFailure.Category category =
                ShellFailure.Category.valueOf(call.text("Category").orElse("NotSpecified"));
        ShellFailure failure = ShellFailure.of(
                category,
                call.text("ErrorId").orElse("Microsoft.PowerShell.Commands.WriteErrorException"),
                "WriteErrorException",
                message);
        call.report(call.has("TargetObject") ? failure.withTarget(TextForm.of(call.value("TargetObject"))) : failure);
    }

    /// Whether the information stream is to be shown: by `-InformationAction`, or by the preference.
    private static boolean wanted(Call call) {
        Object action = call.value("InformationAction");
        String chosen =
                TextForm.of(action != null ? action : call.session().variables().get("InformationPreference"));
        return chosen.equalsIgnoreCase("Continue") || chosen.equalsIgnoreCase("Inquire");
    }

    private static void progress(Call call) {
        if (!call.io().watched().getAsBoolean()) {
            return;
        }
        int room = call.io().widthColumns() - 1;
        StringBuilder text = new StringBuilder();
        if (!call.flag("Completed")) {
            text.append(call.text("Activity").orElse("")).append(": ");
            text.append(call.text("Status").orElse("Processing"));
            call.whole("PercentComplete")
                    .ifPresent(percent -> text.append(" (").append(percent).append(" %)"));
            call.text("CurrentOperation").ifPresent(what -> text.append(' ').append(what));
        }
        String safe = SafeText.line(text.toString());
        String line = safe.substring(0, Math.min(safe.length(), room));
        call.io().err().print("\r" + line + " ".repeat(room - line.length()) + "\r");
        call.io().err().flush();
    }
}
