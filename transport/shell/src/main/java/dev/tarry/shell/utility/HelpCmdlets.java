package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Formatted;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the shell can tell of itself: Get-Help, Get-Command. All of it comes from the cmdlet table.
public final class HelpCmdlets {
    /// What a command is said to have as its version: there is one of each.
    private static final String VERSION = "1.0";

    private HelpCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Help", "help", "man")
                        .takes(
                                Parameter.of("Name", TEXT).at(0).pipedBy(),
                                Parameter.of("Parameter", TEXTS),
                                Parameter.of("Examples", SWITCH),
                                Parameter.of("Detailed", SWITCH),
                                Parameter.of("Full", SWITCH))
                        .oneOf("Examples", "Detailed", "Full", "Parameter")
                        .shows("HelpEntry", "Name/33", "Category/9", "Module/24", "Synopsis")
                        .refuses(
                                "It is all here: nothing is fetched, and there is no window.",
                                SWITCH,
                                "Online",
                                "ShowWindow")
                        .refuses("There are commands only.", "Category", "Component", "Functionality", "Role", "Path")
                        .summary("Displays information about PowerShell commands and concepts.")
                        .remark("There are no about_ topics.")
                        .example("Get-Help Get-Queue -Full", "Shows all that there is to know of Get-Queue.")
                        .example("Get-Help *Queue*", "Lists the commands that have Queue in their names.")
                        .simply(HelpCmdlets::help),
                Cmdlet.named("Get-Command", "gcm")
                        .takes(
                                Parameter.of("Name", TEXTS).at(0).pipedBy(),
                                Parameter.of("Noun", TEXTS),
                                Parameter.of("Verb", TEXTS),
                                Parameter.of("Module", TEXTS).alias("PSSnapin"),
                                Parameter.of("CommandType", TEXTS).alias("Type").oneOf("Cmdlet", "Alias", "All"),
                                Parameter.of("Syntax", SWITCH))
                        .oneOf("Name", "Noun")
                        .oneOf("Name", "Verb")
                        .shows("CmdletInfo", "CommandType/15", "Name/50", "Version/10", "Source")
                        .refuses("Use Select-Object -First.", "TotalCount")
                        .refuses("Use Get-Help -Parameter.", "ParameterName", "ParameterType")
                        .refuses(
                                "There is one of each.",
                                "All",
                                "ListImported",
                                "ArgumentList",
                                "ShowCommandInfo",
                                "FullyQualifiedModule")
                        .summary("Gets all commands.")
                        .example("Get-Command -Noun Queue", "Lists what can be done with queues.")
                        .simply(HelpCmdlets::commands));
    }

    // -- Get-Command

    private static void commands(Call call) {
        List<String> names = call.texts("Name");
        List<String> types = call.texts("CommandType");
        CmdletTable table = call.session().cmdlets();
        for (String name : names) {
            if (!Wildcard.isPattern(name)
                    && table.find(name).isEmpty()
                    && !call.session().aliases().containsKey(name)) {
                call.report(unknown(table, name));
            }
        }
        boolean byParts = call.has("Noun") || call.has("Verb");
        boolean withAliases = types.contains("Alias") || types.contains("All");
        if (types.isEmpty() || types.contains("Cmdlet") || types.contains("All")) {
            for (Cmdlet cmdlet : table.all()) {
                String[] parts = cmdlet.name().split("-", 2);
                if (AliasCmdlets.fits(names, cmdlet.name())
                        && AliasCmdlets.fits(call.texts("Verb"), parts.length > 1 ? parts[0] : "")
                        && AliasCmdlets.fits(call.texts("Noun"), parts[parts.length - 1])
                        && AliasCmdlets.fits(call.texts("Module"), cmdlet.source())) {
                    write(call, cmdlet);
                }
            }
        }
        call.session().aliases().forEach((alias, definition) -> {
            boolean named = names.stream().anyMatch(alias::equalsIgnoreCase) && types.isEmpty();
            if (!byParts
                    && (named || withAliases && AliasCmdlets.fits(names, alias))
                    && AliasCmdlets.fits(
                            call.texts("Module"),
                            table.find(definition).map(Cmdlet::source).orElse(""))) {
                call.write(AliasCmdlets.row(alias, definition));
            }
        });
    }

    private static ShellFailure unknown(CmdletTable table, String name) {
        String reason = table.refusal(name)
                .map(why -> "'" + name + "' is outside the part of PowerShell that tarry speaks: " + why)
                .orElse("The term '" + name + "' is not recognized as the name of a cmdlet, function, script file, or"
                        + " operable program. Check the spelling of the name, or if a path was included, verify that the"
                        + " path is correct and try again.");
        return ShellFailure.of(
                        ShellFailure.Category.ObjectNotFound,
                        "CommandNotFoundException",
                        "CommandNotFoundException",
                        reason)
                .withTarget(name);
    }

    private static void write(Call call, Cmdlet cmdlet) {
        if (call.flag("Syntax")) {
            call.write("");
            call.write(HelpText.syntax(cmdlet));
            call.write("");
            return;
        }
        call.write(new Row("CmdletInfo")
                .with("CommandType", "Cmdlet")
                .with("Name", cmdlet.name())
                .with("Version", VERSION)
                .with("Source", cmdlet.source())
                .with("Definition", HelpText.syntax(cmdlet)));
    }

    // -- Get-Help

    private static void help(Call call) {
        CmdletTable table = call.session().cmdlets();
        String name = call.text("Name").orElse("");
        if (name.isEmpty() || name.equalsIgnoreCase("default")) {
            overview(call);
            return;
        }
        List<Cmdlet> found = found(table, name);
        if (found.size() == 1) {
            one(call, found.getFirst());
        } else if (!found.isEmpty()) {
            found.forEach(cmdlet -> call.write(new Row("HelpEntry")
                    .with("Name", cmdlet.name())
                    .with("Category", "Cmdlet")
                    .with("Module", cmdlet.source())
                    .with("Synopsis", cmdlet.summary())));
        } else {
            String why = name.toLowerCase(Locale.ROOT).startsWith("about_")
                    ? "there are no about_ topics here; CMDLETS.md lists the cmdlets and the parts of the language."
                    : table.refusal(name).orElse("Get-Command lists all commands.");
            throw ShellFailure.of(
                            ShellFailure.Category.ResourceUnavailable,
                            "HelpNotFound",
                            "HelpNotFoundException",
                            "Get-Help could not find " + name + " in a help file in this session: " + why)
                    .withTarget(name);
        }
    }

    /// The command of that name; else those whose names fit a pattern, or have the word in them.
    private static List<Cmdlet> found(CmdletTable table, String name) {
        if (table.find(name).isPresent()) {
            return List.of(table.find(name).get());
        }
        List<String> pattern = List.of(Wildcard.isPattern(name) ? name : "*" + name + "*");
        return table.all().stream()
                .filter(cmdlet -> AliasCmdlets.fits(pattern, cmdlet.name()))
                .toList();
    }

    private static void one(Call call, Cmdlet cmdlet) {
        int width = call.io().widthColumns();
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (call.has("Parameter")) {
            List<Parameter> wanted = cmdlet.parameters().stream()
                    .filter(parameter -> AliasCmdlets.fits(call.texts("Parameter"), parameter.name()))
                    .toList();
            if (wanted.isEmpty()) {
                throw ShellFailure.of(
                                ShellFailure.Category.ObjectNotFound,
                                "NoParmsFound",
                                "PSArgumentException",
                                "No parameter matches criteria " + String.join(",", call.texts("Parameter")) + ".")
                        .withTarget(cmdlet.name());
            }
            wanted.forEach(parameter -> lines.addAll(HelpText.parameter(cmdlet, parameter, true)));
        } else {
            boolean all = call.flag("Full") || call.flag("Detailed");
            List<HelpText.Part> more = all
                    ? List.of(HelpText.Part.PARAMETERS, HelpText.Part.EXAMPLES)
                    : call.flag("Examples") ? List.of(HelpText.Part.EXAMPLES) : List.of();
            lines.addAll(HelpText.of(cmdlet, more, call.flag("Full"), width));
        }
        lines.forEach(line -> call.write(new Formatted.Line(line)));
    }

    private static void overview(Call call) {
        List.of(
                        "",
                        "TOPIC",
                        "    tarry's shell: Exchange's cmdlets, some of Windows', and tarry's own, in the part of",
                        "    PowerShell that administrators use.",
                        "",
                        "    Get-Command                    lists all commands; Get-Command -Noun Queue those for queues",
                        "    Get-Help Get-Queue             says what a command does; -Full says all",
                        "    Get-Queue | Get-Member         lists the properties of what a command puts out",
                        "    Get-Queue | Format-List        shows them",
                        "")
                .forEach(line -> call.write(new Formatted.Line(line)));
    }
}
