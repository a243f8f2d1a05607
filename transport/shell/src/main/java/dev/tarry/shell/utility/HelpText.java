package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A row of the cmdlet table as the help that PowerShell prints.
final class HelpText {
    private static final String INDENT = "    ";

    /// With more values to choose from the syntax names their type only.
    private static final int MAX_CHOICES_SHOWN = 8;

    private HelpText() {}

    /// The parts of the help that there are to choose from.
    enum Part {
        PARAMETERS,
        EXAMPLES
    }

    /// @param more what is shown besides name, synopsis and syntax
    static List<String> of(Cmdlet cmdlet, List<Part> more, boolean details, int widthColumns) {
        List<String> lines = new ArrayList<>();
        section(lines, "NAME", List.of(cmdlet.name()));
        section(lines, "SYNOPSIS", wrapped(cmdlet.summary(), widthColumns));
        if (!cmdlet.aliases().isEmpty()) {
            section(lines, "ALIASES", List.of(String.join(", ", cmdlet.aliases())));
        }
        section(lines, "SYNTAX", wrapped(syntax(cmdlet), widthColumns));
        List<String> told = new ArrayList<>();
        cmdlet.exclusive()
                .forEach(group -> told.addAll(
                        wrapped("Only one of -" + String.join(", -", group) + " can be used.", widthColumns)));
        cmdlet.remarks().forEach(remark -> told.addAll(wrapped(remark, widthColumns)));
        if (!told.isEmpty()) {
            section(lines, "DESCRIPTION", told);
        }
        if (more.contains(Part.PARAMETERS)) {
            lines.add("PARAMETERS");
            shown(cmdlet).forEach(parameter -> lines.addAll(parameter(cmdlet, parameter, details)));
            common(lines, cmdlet);
        }
        if (more.contains(Part.EXAMPLES)) {
            lines.addAll(examples(cmdlet, widthColumns));
        }
        if (more.isEmpty()) {
            section(
                    lines,
                    "REMARKS",
                    List.of(
                            "To see the examples, type: \"get-help " + cmdlet.name() + " -examples\".",
                            "For more information, type: \"get-help " + cmdlet.name() + " -detailed\".",
                            "For technical information, type: \"get-help " + cmdlet.name() + " -full\"."));
        }
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> body) {
        lines.add(title);
        body.forEach(line -> lines.add(INDENT + line));
        lines.add("");
    }

    private static void common(List<String> lines, Cmdlet cmdlet) {
        if (cmdlet.acts()) {
            lines.add(INDENT + "-WhatIf [<SwitchParameter>]");
            lines.add("");
            lines.add(INDENT + "-Confirm [<SwitchParameter>]");
            lines.add("");
        }
        lines.add(INDENT + "<CommonParameters>");
        lines.add(
                INDENT + INDENT + "This cmdlet supports the common parameters, such as ErrorAction and WarningAction.");
        lines.add("");
    }

    static List<String> examples(Cmdlet cmdlet, int widthColumns) {
        List<String> lines = new ArrayList<>();
        int number = 1;
        for (Cmdlet.Example example : cmdlet.examples()) {
            lines.add(INDENT + "-------------------------- EXAMPLE " + number++ + " --------------------------");
            lines.add("");
            lines.add(INDENT + "PS C:\\>" + example.script());
            lines.add("");
            wrapped(example.words(), widthColumns).forEach(line -> lines.add(INDENT + line));
            lines.add("");
        }
        return lines;
    }

    /// One line, as `Get-Command -Syntax` says it.
    static String syntax(Cmdlet cmdlet) {
        StringBuilder text = new StringBuilder(cmdlet.name());
        List<Parameter> ordered = new ArrayList<>(shown(cmdlet));
        ordered.sort(Comparator.comparingInt(p -> p.position() < 0 ? Integer.MAX_VALUE : p.position()));
        ordered.forEach(parameter -> text.append(' ').append(usage(cmdlet, parameter)));
        if (cmdlet.acts()) {
            text.append(" [-WhatIf] [-Confirm]");
        }
        return text.append(" [<CommonParameters>]").toString();
    }

    /// Its parameters, but for those that it only refuses.
    private static List<Parameter> shown(Cmdlet cmdlet) {
        List<String> refused = cmdlet.refused();
        return cmdlet.parameters().stream()
                .filter(parameter -> !refused.contains(parameter.name()))
                .toList();
    }

    private static String usage(Cmdlet cmdlet, Parameter parameter) {
        boolean mandatory = isRequired(cmdlet, parameter);
        String name = "-" + parameter.name();
        if (parameter.type() == ParameterType.SWITCH) {
            return mandatory ? name : "[" + name + "]";
        }
        String named = parameter.position() >= 0 ? "[" + name + "]" : name;
        String whole = named + " " + taken(parameter);
        return mandatory ? whole : "[" + whole + "]";
    }

    private static boolean isRequired(Cmdlet cmdlet, Parameter parameter) {
        return parameter.mandatory() && !cmdlet.isReplaceable(parameter);
    }

    private static String taken(Parameter parameter) {
        return parameter.choices().isEmpty() || parameter.choices().size() > MAX_CHOICES_SHOWN
                ? "<" + type(parameter.type()) + ">"
                : "{" + String.join(" | ", parameter.choices()) + "}";
    }

    /// PowerShell's short name of a type: `string[]`, `int`.
    static String type(ParameterType type) {
        String name = type.dotNet();
        int generic = name.indexOf('`');
        name = generic < 0 ? name : name.substring(0, generic);
        String bare = name.substring(name.lastIndexOf('.') + 1);
        return switch (bare) {
            case "Int32" -> "int";
            case "Int64" -> "long";
            case "Boolean" -> "bool";
            case "String", "String[]", "DateTime", "TimeSpan", "ScriptBlock", "ScriptBlock[]" ->
                bare.toLowerCase(Locale.ROOT);
            case "SwitchParameter" -> "SwitchParameter";
            default -> bare;
        };
    }

    /// One parameter, and with details how it is bound.
    static List<String> parameter(Cmdlet cmdlet, Parameter parameter, boolean details) {
        List<String> lines = new ArrayList<>();
        boolean isSwitch = parameter.type() == ParameterType.SWITCH;
        lines.add(INDENT + "-" + parameter.name()
                + (isSwitch ? " [<SwitchParameter>]" : " <" + type(parameter.type()) + ">"));
        if (!parameter.choices().isEmpty()) {
            lines.add(INDENT + INDENT + "One of " + String.join(", ", parameter.choices()) + ".");
        }
        if (details) {
            lines.add("");
            detail(lines, "Required?", Boolean.toString(isRequired(cmdlet, parameter)));
            detail(lines, "Position?", parameter.position() < 0 ? "named" : Integer.toString(parameter.position()));
            detail(lines, "Accept pipeline input?", piped(parameter));
            if (!parameter.aliases().isEmpty()) {
                detail(lines, "Aliases", String.join(", ", parameter.aliases()));
            }
        }
        lines.add("");
        return lines;
    }

    private static void detail(List<String> lines, String name, String value) {
        lines.add(INDENT + INDENT + name + " ".repeat(29 - name.length()) + value);
    }

    private static String piped(Parameter parameter) {
        return switch (parameter.piped()) {
            case NO -> "false";
            case WHOLE -> "true (ByValue)";
            case PROPERTY -> parameter.pipedTypes().isEmpty() ? "true (ByPropertyName)" : "true (ByValue)";
        };
    }

    private static List<String> wrapped(String text, int widthColumns) {
        int room = Math.max(20, widthColumns - INDENT.length());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
