package dev.tarry.shell.bridge;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.print.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The module `Tarry` for PowerShell: a function for each cmdlet, with its parameters and its help, and its default
/// tables. The functions bind nothing themselves: they hand on what they are given to a [Bridge].
public final class PowerShellModule {
    /// Any will do, as long as it stays: it says that two versions are the same module.
    private static final String GUID = "6f7c0f0e-3f0a-4a0e-9d43-2a6f2c1b7a51";

    private final List<Cmdlet> own;
    private final List<Cmdlet> windows;
    private final String version;
    private final String program;

    /// @param cmdlets all that the shell has; what PowerShell has by itself is left out
    /// @param version such as `0.1.0`
    /// @param program the path of what is started as `PROGRAM shell --objects`
    public PowerShellModule(CmdletTable cmdlets, String version, String program) {
        this.own = cmdlets.all().stream()
                .filter(cmdlet -> !cmdlet.source().equals("Microsoft.PowerShell"))
                .filter(cmdlet -> !isOfWindows(cmdlet))
                .toList();
        this.windows =
                cmdlets.all().stream().filter(PowerShellModule::isOfWindows).toList();
        this.version = version;
        this.program = program;
    }

    /// Whether a session on Windows has one of that name already.
    private static boolean isOfWindows(Cmdlet cmdlet) {
        return cmdlet.source().equals("Microsoft.Windows");
    }

    /// The files of the module: names and texts.
    public SequencedMap<String, String> files() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("Tarry.psd1", manifest());
        files.put("Tarry.psm1", functions());
        files.put("Tarry.Format.ps1xml", views());
        files.put("README.md", template("README.md"));
        return files;
    }

    private List<Cmdlet> all() {
        List<Cmdlet> all = new ArrayList<>(own);
        all.addAll(windows);
        return all;
    }

    // -- Tarry.psd1

    private String manifest() {
        return """
                # Written by `tarry shell --write-module`; changes to it are lost.
                @{
                    RootModule        = 'Tarry.psm1'
                    ModuleVersion     = '%s'
                    GUID              = '%s'
                    Author            = 'tarry'
                    Description       = 'The cmdlets of tarry, an Exchange-style transport server for the lab.'
                    PowerShellVersion = '5.1'
                    FormatsToProcess  = @('Tarry.Format.ps1xml')
                    CmdletsToExport   = @()
                    VariablesToExport = @()
                    AliasesToExport   = @()
                    FunctionsToExport = @(
                        'Connect-Tarry'
                        'Disconnect-Tarry'
                %s
                    )
                }
                """.formatted(
                version,
                GUID,
                all().stream().map(cmdlet -> "        " + quoted(cmdlet.name())).collect(Collectors.joining("\n")));
    }

    // -- Tarry.psm1

    private String functions() {
        return template("Tarry.psm1")
                .replace("'{{program}}'", quoted(program))
                .replace("{{functions}}", all().stream().map(this::function).collect(Collectors.joining("\n")))
                .replace("{{own}}", names(own))
                .replace("{{windows}}", names(windows));
    }

    private static String names(List<Cmdlet> cmdlets) {
        return cmdlets.stream().map(cmdlet -> quoted(cmdlet.name())).collect(Collectors.joining(", "));
    }

    private String function(Cmdlet cmdlet) {
        StringBuilder text =
                new StringBuilder("function ").append(cmdlet.name()).append(" {\n    <#\n    .SYNOPSIS\n    ");
        text.append(comment(cmdlet.summary().isEmpty() ? cmdlet.name() : cmdlet.summary()))
                .append('\n');
        if (!cmdlet.remarks().isEmpty()) {
            text.append("    .NOTES\n");
            cmdlet.remarks()
                    .forEach(remark ->
                            text.append("    ").append(comment(remark)).append('\n'));
        }
        text.append("    #>\n    [CmdletBinding(");
        if (cmdlet.acts()) {
            text.append("SupportsShouldProcess = $true, ConfirmImpact = '")
                    .append(cmdlet.prompts() ? "High" : "Medium")
                    .append("', ");
        }
        text.append("PositionalBinding = $false)]\n    param(");
        boolean piped = false;
        boolean first = true;
        for (Parameter parameter : cmdlet.parameters()) {
            text.append(first ? "\n" : ",\n");
            first = false;
            boolean takesValue = parameter.piped() != Parameter.Piped.NO
                    && parameter.pipedTypes().isEmpty()
                    && !piped;
            piped |= takesValue;
            parameter(text, cmdlet, parameter, takesValue);
        }
        text.append(first ? ")\n" : "\n    )\n");
        String name = quoted(cmdlet.name());
        return text.append("    begin { $call = Open-TarryCall ")
                .append(name)
                .append(" $PSCmdlet $PSBoundParameters }\n")
                .append("    process { Step-TarryCall $call $PSCmdlet $_ }\n")
                .append("    end { Close-TarryCall $call $PSCmdlet }\n}\n")
                .toString();
    }

    /// @param takesValue whether it is the one that takes the piped object itself: PowerShell lets one do that
    private static void parameter(StringBuilder text, Cmdlet cmdlet, Parameter parameter, boolean takesValue) {
        List<String> how = new ArrayList<>();
        if (parameter.position() >= 0) {
            how.add("Position = " + parameter.position());
        }
        if (parameter.mandatory() && !cmdlet.isReplaceable(parameter)) {
            how.add("Mandatory = $true");
        }
        if (takesValue) {
            how.add("ValueFromPipeline = $true");
        }
        if (parameter.piped() == Parameter.Piped.PROPERTY) {
            how.add("ValueFromPipelineByPropertyName = $true");
        }
        if (parameter.remaining()) {
            how.add("ValueFromRemainingArguments = $true");
        }
        text.append("        [Parameter(").append(String.join(", ", how)).append(")]\n");
        List<String> aliases = new ArrayList<>(parameter.aliases());
        if (parameter.piped() == Parameter.Piped.PROPERTY) {
            parameter.pipedProperties().stream()
                    .filter(name -> !name.equalsIgnoreCase(parameter.name()))
                    .filter(name -> aliases.stream().noneMatch(name::equalsIgnoreCase))
                    .forEach(aliases::add);
        }
        if (!aliases.isEmpty()) {
            text.append("        [Alias(")
                    .append(aliases.stream().map(PowerShellModule::quoted).collect(Collectors.joining(", ")))
                    .append(")]\n");
        }
        if (!parameter.choices().isEmpty()) {
            text.append("        [ValidateSet(")
                    .append(parameter.choices().stream()
                            .map(PowerShellModule::quoted)
                            .collect(Collectors.joining(", ")))
                    .append(")]\n");
        }
        text.append("        ").append(type(parameter.type())).append(" $").append(parameter.name());
    }

    /// What a value must be before it is sent; what is only text for the server may be anything that has one.
    private static String type(ParameterType type) {
        return switch (type) {
            case SWITCH -> "[switch]";
            case BOOLEAN -> "[bool]";
            case DATE -> "[datetime]";
            case SPAN -> "[timespan]";
            case BLOCK -> "[scriptblock]";
            case TEXTS, ANYS -> "[object[]]";
            default -> "[object]";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replaceAll("['\\u2018-\\u201b]", "$0$0") + "'"; // PowerShell takes all of these for one
    }

    /// Nothing that would end the comment it stands in.
    private static String comment(String text) {
        return text.replace("#>", "# >").replace('\n', ' ');
    }

    // -- Tarry.Format.ps1xml

    private String views() {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="utf-8"?>
                <Configuration>
                  <ViewDefinitions>
                """);
        Map<String, List<Column>> tables = new TreeMap<>();
        all().stream()
                .filter(cmdlet -> !cmdlet.shows().isEmpty())
                .forEach(cmdlet -> tables.putIfAbsent(cmdlet.shows(), cmdlet.table()));
        tables.forEach((type, columns) -> view(text, type, columns));
        return text.append("  </ViewDefinitions>\n</Configuration>\n").toString();
    }

    private static void view(StringBuilder text, String type, List<Column> columns) {
        text.append("    <View>\n      <Name>")
                .append(xml(type))
                .append("</Name>\n      <ViewSelectedBy>\n")
                .append("        <TypeName>Tarry.")
                .append(xml(type))
                .append("</TypeName>\n      </ViewSelectedBy>\n")
                .append("      <TableControl>\n        <TableHeaders>\n");
        for (Column column : columns) {
            text.append("          <TableColumnHeader>");
            if (column.minWidth() > 0) {
                text.append("<Width>").append(column.minWidth()).append("</Width>");
            }
            text.append("</TableColumnHeader>\n");
        }
        text.append("        </TableHeaders>\n        <TableRowEntries>\n          <TableRowEntry>\n")
                .append("            <TableColumnItems>\n");
        for (Column column : columns) {
            text.append("              <TableColumnItem><PropertyName>")
                    .append(xml(column.label()))
                    .append("</PropertyName></TableColumnItem>\n");
        }
        text.append("            </TableColumnItems>\n          </TableRowEntry>\n        </TableRowEntries>\n")
                .append("      </TableControl>\n    </View>\n");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String template(String name) {
        try (InputStream in = PowerShellModule.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
