package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The index of cmdlets is the table's own.
final class CmdletPageTest {
    private static final Path PAGE = Path.of("CMDLETS.md");
    private static final String BEGIN = "<!-- Everything from here";
    private static final String END = "<!-- end -->";

    @Test
    void the_page_lists_every_cmdlet_of_the_table() throws IOException {
        if (Boolean.getBoolean("tarry.renew")) {
            Files.writeString(PAGE, renewed(Files.readString(PAGE)));
        }
        String text = Files.readString(PAGE);
        assertEquals(renewed(text), text, "CMDLETS.md is stale; this test with -Dtarry.renew=true writes it anew");
    }

    private static String renewed(String text) {
        Map<String, List<Cmdlet>> rooms = new LinkedHashMap<>();
        rooms.put("Microsoft.Exchange", new ArrayList<>());
        rooms.put("Microsoft.Windows", new ArrayList<>());
        rooms.put("Tarry", new ArrayList<>());
        rooms.put("Microsoft.PowerShell", new ArrayList<>());
        StandardCmdlets.table()
                .all()
                .forEach(cmdlet -> rooms.get(cmdlet.source()).add(cmdlet));
        StringBuilder page = new StringBuilder();
        rooms.forEach((source, cmdlets) -> {
            page.append("\n## ").append(source).append("\n");
            cmdlets.forEach(cmdlet -> entry(page, cmdlet));
        });
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        return text.substring(0, begin) + page + "\n" + text.substring(text.indexOf(END));
    }

    private static void entry(StringBuilder page, Cmdlet cmdlet) {
        page.append("\n### ")
                .append(cmdlet.name())
                .append("\n\n")
                .append(escaped(cmdlet.summary()).strip());
        if (!cmdlet.aliases().isEmpty()) {
            page.append(" Also `").append(String.join("`, `", cmdlet.aliases())).append("`.");
        }
        page.append("\n");
        List<String> parameters = new ArrayList<>();
        cmdlet.parameters().stream()
                .filter(parameter -> !cmdlet.refused().contains(parameter.name()))
                .forEach(parameter -> parameters.add("`" + usage(parameter) + "`"));
        if (cmdlet.acts()) {
            parameters.add("`-WhatIf`");
            parameters.add("`-Confirm`" + (cmdlet.prompts() ? " (asks unless `-Confirm:$false`)" : ""));
        }
        if (!parameters.isEmpty()) {
            page.append("\n").append(String.join(", ", parameters)).append("\n");
        }
        cmdlet.remarks()
                .forEach(remark -> page.append("\n").append(escaped(remark)).append("\n"));
    }

    private static String usage(Parameter parameter) {
        String type = parameter.type().dotNet();
        String taken = parameter.type() == ParameterType.SWITCH
                ? ""
                : " "
                        + type.substring(type.lastIndexOf('.') + 1)
                                .replace("]]", "]")
                                .replace("UInt32]", "Unlimited");
        String name = parameter.position() >= 0 ? "[-" + parameter.name() + "]" : "-" + parameter.name();
        return name + taken + (parameter.mandatory() ? " (required)" : "");
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*");
    }
}
