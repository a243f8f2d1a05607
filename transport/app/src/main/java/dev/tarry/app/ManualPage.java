package dev.tarry.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/// Lays out `--help` as a manual page: NAME, SYNOPSIS, DESCRIPTION, COMMANDS, OPTIONS, FILES, ENVIRONMENT, EXIT STATUS,
/// EXAMPLES; a part with nothing in it is left out.
final class ManualPage {
    /// Of all pages, whatever the terminal: a page looks the same in a pull request and on a screen.
    static final int WIDTH_COLUMNS = 100;

    private static final String INDENT = "    ";

    private ManualPage() {}

    /// Lays out the help of this command and of all below it.
    static CommandLine of(CommandLine command) {
        dress(command);
        command.getSubcommands().values().stream().distinct().forEach(ManualPage::of);
        return command;
    }

    private static void dress(CommandLine command) {
        SequencedMap<String, IHelpSectionRenderer> sections = new LinkedHashMap<>();
        Manual manual = command.getCommand() instanceof Manual.Documented documented ? documented.manual() : null;
        sections.put("name", help -> part("NAME", List.of(INDENT + name(help))));
        sections.put("synopsis", help -> part("SYNOPSIS", synopsis(help)));
        if (manual != null && !manual.description().isEmpty()) {
            sections.put("description", _ -> part("DESCRIPTION", paragraphs(manual.description())));
        }
        sections.put("commands", help -> part("COMMANDS", commands(help)));
        IHelpSectionRenderer options = help -> part("OPTIONS", options(help));
        sections.put(
                "options",
                manual == null || manual.options().isEmpty() ? options : entries("OPTIONS", manual.options()));
        if (manual != null) {
            sections.put("files", entries("FILES", manual.files()));
            sections.put("environment", entries("ENVIRONMENT", manual.environment()));
            sections.put("exits", entries("EXIT STATUS", manual.exits()));
            sections.put("examples", _ -> part("EXAMPLES", examples(manual.examples())));
        }
        command.setHelpSectionMap(sections);
        command.setHelpSectionKeys(List.copyOf(sections.keySet()));
        command.setUsageHelpWidth(WIDTH_COLUMNS - INDENT.length()); // its parts are indented here
    }

    private static String part(String heading, List<String> lines) {
        return lines.isEmpty() ? "" : "%s%n%s%n%n".formatted(heading, String.join(System.lineSeparator(), lines));
    }

    private static String name(Help help) {
        return help.commandSpec().qualifiedName()
                + Stream.of(help.commandSpec().usageMessage().description())
                        .collect(Collectors.joining(" ", " - ", ""))
                        .replaceFirst("\\.$", "");
    }

    private static List<String> synopsis(Help help) {
        String[] own = help.commandSpec().usageMessage().customSynopsis();
        return indented(own.length > 0 ? String.join("\n", own) : help.synopsis(0));
    }

    private static List<String> commands(Help help) {
        return help.subcommands().isEmpty() ? List.of() : indented(help.commandList());
    }

    private static List<String> options(Help help) {
        return indented(help.parameterList() + help.optionList());
    }

    private static List<String> indented(String text) {
        return text.lines().map(line -> INDENT + line.stripTrailing()).toList();
    }

    private static IHelpSectionRenderer entries(String heading, List<Manual.Entry> entries) {
        return _ -> part(
                heading,
                entries.stream()
                        .flatMap(entry -> Stream.concat(
                                Stream.of(INDENT + entry.name()), wrapped(entry.says(), INDENT + INDENT).stream()))
                        .toList());
    }

    private static List<String> paragraphs(List<String> paragraphs) {
        List<String> lines = new ArrayList<>();
        boolean kept = false;
        for (String paragraph : paragraphs) {
            boolean keep = paragraph.startsWith(" ");
            if (!lines.isEmpty() && !(keep && (kept || lines.getLast().endsWith(":")))) {
                lines.add("");
            }
            lines.addAll(keep ? List.of(INDENT + paragraph) : wrapped(paragraph, INDENT));
            kept = keep;
        }
        return lines;
    }

    private static List<String> examples(List<Example> examples) {
        List<String> lines = new ArrayList<>();
        for (Example example : examples) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(wrapped(example.says() + ":", INDENT));
            lines.add(INDENT + INDENT + "$ " + example.line());
        }
        return lines;
    }

    private static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH_COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
