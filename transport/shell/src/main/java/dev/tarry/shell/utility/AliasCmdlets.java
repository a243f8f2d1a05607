package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.List;

/// Other names of commands: Get-, Set- and New-Alias, and what Remove-Item does on the drive `alias:`.
public final class AliasCmdlets {
    /// Where Remove-Item finds aliases.
    private static final String DRIVE = "alias:";

    private static final Parameter NAME = Parameter.of("Name", TEXT).at(0).required();
    private static final Parameter VALUE = Parameter.of("Value", TEXT).at(1).required();

    private AliasCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Alias", "gal")
                        .takes(Parameter.of("Name", TEXTS).at(0).pipedBy(), Parameter.of("Definition", TEXTS))
                        .oneOf("Name", "Definition")
                        .shows("AliasInfo", "CommandType/15", "Name/50", "Version/10", "Source")
                        .summary("Gets the aliases for the current session.")
                        .simply(AliasCmdlets::get),
                making(Cmdlet.named("Set-Alias", "sal"))
                        .summary("Creates or changes an alias for a cmdlet or other command in the current PowerShell"
                                + " session.")
                        .example("Set-Alias q Get-Queue", "Makes q another name of Get-Queue.")
                        .simply(AliasCmdlets::set),
                making(Cmdlet.named("New-Alias", "nal"))
                        .summary("Creates a new alias.")
                        .simply(call -> {
                            String name = call.text("Name").orElseThrow();
                            if (call.session().aliases().containsKey(name) && !call.flag("Force")) {
                                throw ShellFailure.of(
                                                ShellFailure.Category.ResourceExists,
                                                "AliasAlreadyExists",
                                                "SessionStateException",
                                                "The alias is not allowed, because an alias with the name '" + name
                                                        + "' already exists.")
                                        .withTarget(name);
                            }
                            set(call);
                        }));
    }

    private static Cmdlet.Draft making(Cmdlet.Draft draft) {
        return draft.takes(NAME, VALUE, Parameter.of("Force", SWITCH), Parameter.of("PassThru", SWITCH))
                .acts()
                .refuses("An alias lasts for the session, and is another name only.", "Scope", "Option", "Description");
    }

    private static void set(Call call) {
        String name = call.text("Name").orElseThrow();
        String value = call.text("Value").orElseThrow();
        if (name.isBlank()
                || name.chars().anyMatch(c -> Character.isWhitespace(c) || "{}()|;,&$'\"`#@".indexOf(c) >= 0)) {
            throw ShellFailure.of(
                            ShellFailure.Category.InvalidArgument,
                            "AliasNameNotSupported",
                            "PSArgumentException",
                            "'" + name + "' cannot be the name of a command.")
                    .withTarget(name);
        }
        if (call.proceed("Name: " + name + " Value: " + value)) {
            call.session().setAlias(name, value);
            if (call.flag("PassThru")) {
                call.write(row(name, value));
            }
        }
    }

    /// Whether a path is one of aliases.
    static boolean areMeant(String path) {
        return path.regionMatches(true, 0, DRIVE, 0, DRIVE.length());
    }

    /// Takes the names away that a path means, `alias:q` or `alias:\q*`; one that is not there is reported.
    static void remove(Call call, String path) {
        String pattern = path.substring(DRIVE.length()).replaceFirst("^[/\\\\]", "");
        List<String> names = call.session().aliases().keySet().stream()
                .filter(name -> new Wildcard(pattern, false).matches(name))
                .toList();
        if (names.isEmpty() && !Wildcard.isPattern(pattern)) {
            call.report(ShellFailure.of(
                            ShellFailure.Category.ObjectNotFound,
                            "PathNotFound",
                            "ItemNotFoundException",
                            "Cannot find path '" + DRIVE + "\\" + pattern + "' because it does not exist.")
                    .withTarget(DRIVE + "\\" + pattern));
        }
        for (String name : names) {
            if (call.proceedWith("Performing the operation \"Remove Item\" on target \"Item: " + name + "\".")) {
                call.session().removeAlias(name);
            }
        }
    }

    /// How an alias is told of.
    static Row row(String alias, String definition) {
        return new Row("AliasInfo")
                .with("CommandType", "Alias")
                .with("Name", alias + " -> " + definition)
                .with("Version", "")
                .with("Source", "")
                .with("Definition", definition);
    }

    static boolean fits(List<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> new Wildcard(pattern, false).matches(text));
    }

    private static void get(Call call) {
        for (String name : call.texts("Name")) {
            if (!Wildcard.isPattern(name) && !call.session().aliases().containsKey(name)) {
                call.report(ShellFailure.of(
                                ShellFailure.Category.ObjectNotFound,
                                "ItemNotFoundException",
                                "ItemNotFoundException",
                                "This command cannot find a matching alias because an alias with the name '" + name
                                        + "' does not exist.")
                        .withTarget(name));
            }
        }
        call.session().aliases().forEach((alias, definition) -> {
            if (fits(call.texts("Name"), alias) && fits(call.texts("Definition"), definition)) {
                call.write(row(alias, definition));
            }
        });
    }
}
