package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Locale;

/// The shell itself: Get-Host, Get-Culture, Clear-Host, Read-Host, Invoke-Expression, and the commands that
/// a script for Exchange's shell begins with.
public final class ConsoleCmdlets {

    /// What Exchange, Windows and PowerShell bring as modules and snap-ins, and what is here without.
    private static final List<String> BUILT_IN = List.of(
            "Microsoft.Exchange.",
            "Microsoft.PowerShell.",
            "RemoteExchange",
            "DnsClient",
            "DnsServer",
            "NetTCPIP",
            "NetSecurity",
            "Tarry");

    private ConsoleCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Host")
                        .summary("Gets an object that represents the current host program.")
                        .simply(call -> call.write(new Row("InternalHost")
                                .with("Name", "tarry shell")
                                .with("Version", "5.1")
                                .with("CurrentCulture", "en-US")
                                .with("CurrentUICulture", "en-US"))),
                Cmdlet.named("Get-Culture")
                        .shows("CultureInfo", "LCID/16", "Name/16", "DisplayName")
                        .summary("Gets the current culture set in the operating system.")
                        .remark("It is always en-US: dates and numbers look the same on every machine.")
                        .simply(call -> call.write(new Row("CultureInfo")
                                .with("LCID", 1033L)
                                .with("Name", "en-US")
                                .with("DisplayName", "English (United States)"))),
                Cmdlet.named("Clear-Host", "cls", "clear")
                        .summary("Clears the display in the host program.")
                        .simply(call -> {
                            if (call.io().interactive()) {
                                call.io().out().print("\u001b[H\u001b[2J\u001b[3J");
                                call.io().out().flush();
                            }
                        }),
                Cmdlet.named("Read-Host")
                        .takes(
                                Parameter.of("Prompt", ANYS).at(0).takingTheRest(),
                                Parameter.of("AsSecureString", SWITCH))
                        .summary("Reads a line of input from the console.")
                        .remark("Where nobody sits at a terminal it is an error.")
                        .simply(ConsoleCmdlets::read),
                Cmdlet.named("Invoke-Expression", "iex")
                        .takes(Parameter.of("Command", TEXT).at(0).required().pipedWhole())
                        .summary("Runs commands or expressions on the local computer.")
                        .simply(call -> call.session().run(call.text("Command").orElse(""), call::write)),
                Cmdlet.named("Import-Module", "ipmo")
                        .takes(loading())
                        .summary("Adds modules to the current session.")
                        .remark("What Exchange and Windows bring as modules is here already; others cannot be loaded.")
                        .simply(ConsoleCmdlets::load),
                Cmdlet.named("Add-PSSnapin", "asnp")
                        .takes(loading())
                        .summary("Adds one or more Windows PowerShell snap-ins to the current session.")
                        .remark("Exchange's snap-in is here already; others cannot be loaded.")
                        .simply(ConsoleCmdlets::load));
    }

    private static Parameter[] loading() {
        return new Parameter[] {
            Parameter.of("Name", TEXTS).at(0).required().pipedWhole(),
            Parameter.of("Force", SWITCH),
            Parameter.of("DisableNameChecking", SWITCH),
            Parameter.of("PassThru", SWITCH)
        };
    }

    private static void load(Call call) {
        for (String name : call.texts("Name")) {
            String start = name.toLowerCase(Locale.ROOT);
            boolean known = BUILT_IN.stream().anyMatch(module -> start.startsWith(module.toLowerCase(Locale.ROOT)));
            if (!known) {
                call.report(ShellFailure.of(
                                Category.ResourceUnavailable,
                                "Modules_ModuleNotFound",
                                "FileNotFoundException",
                                "The specified module '" + name
                                        + "' was not loaded: this shell has Exchange's, Windows'"
                                        + " and tarry's cmdlets built in, and loads no code.")
                        .withTarget(name));
            }
        }
    }

    private static void read(Call call) {
        String prompt = TextForm.joined(Conversion.list(call.value("Prompt")), " ");
        if (!call.io().interactive()) {
            throw ShellFailure.of(
                    Category.InvalidOperation,
                    "ReadHostNotPossible",
                    "HostException",
                    "Nobody can be asked for \"" + prompt + "\" here: the shell is not interactive. Give the value in a"
                            + " variable or a parameter.");
        }
        boolean secret = call.flag("AsSecureString");
        String shown = prompt.isEmpty() ? "" : prompt + ": ";
        Person person = call.io().person();
        String line = (secret ? person.secret(shown) : person.line(shown)).orElse("");
        call.write(secret ? new SecureText(line) : line);
    }
}
