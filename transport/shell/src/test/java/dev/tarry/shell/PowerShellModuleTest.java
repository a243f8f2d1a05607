package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.bridge.PowerShellModule;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/// The module's text, as far as it can be judged without a PowerShell.
final class PowerShellModuleTest {
    private static final CmdletTable TABLE = StandardCmdlets.table();

    private final SequencedMap<String, String> files =
            new PowerShellModule(TABLE, "1.2.3", "/opt/it's tarry/tarry").files();

    /// Those that PowerShell does not bring itself.
    private static List<Cmdlet> all() {
        return TABLE.all().stream()
                .filter(cmdlet -> !cmdlet.source().equals("Microsoft.PowerShell"))
                .toList();
    }

    @Test
    void the_manifest_is_a_table_that_names_every_function() throws IOException {
        try (Bench bench = new Bench()) {
            Bench.Said said = bench.run("$m = " + files.get("Tarry.psd1") + "\n$m.ModuleVersion; $m.RootModule;"
                    + " $m.FormatsToProcess; $m.FunctionsToExport");
            assertEquals("", said.err());
            List<String> lines = said.text().lines().toList();
            assertEquals(List.of("1.2.3", "Tarry.psm1", "Tarry.Format.ps1xml"), lines.subList(0, 3));
            TreeSet<String> wanted = new TreeSet<>(List.of("Connect-Tarry", "Disconnect-Tarry"));
            all().forEach(cmdlet -> wanted.add(cmdlet.name()));
            assertEquals(wanted, new TreeSet<>(lines.subList(3, lines.size())));
        }
    }

    @Test
    void every_cmdlet_is_a_function_with_all_its_parameters() {
        String text = files.get("Tarry.psm1");
        for (Cmdlet cmdlet : all()) {
            Matcher function = Pattern.compile("(?s)\nfunction " + Pattern.quote(cmdlet.name()) + " \\{\n(.*?)\n\\}\n")
                    .matcher(text);
            assertTrue(function.find(), cmdlet.name());
            String body = function.group(1);
            for (Parameter parameter : cmdlet.parameters()) {
                assertTrue(body.matches("(?s).*\\] \\$" + parameter.name() + "[,\n].*"), cmdlet.name() + parameter);
            }
            assertEquals(cmdlet.acts(), body.contains("SupportsShouldProcess"), cmdlet.name());
            assertTrue(body.contains("Open-TarryCall '" + cmdlet.name() + "' "), cmdlet.name());
            assertFalse(function.find(), "twice: " + cmdlet.name());
        }
        assertFalse(text.contains("{{"), "every place is filled");
        assertFalse(text.contains("function Where-Object"), "PowerShell's own stay PowerShell's");
        assertTrue(
                text.matches("(?s).*\\$own = @\\([^)]*'Get-Queue'.*\\$windows = @\\([^)]*'Get-Service'.*"),
                "both kinds");
        assertTrue(text.contains("$script:Program = '/opt/it''s tarry/tarry'"), "a path is quoted");
    }

    @Test
    void parameters_bind_as_they_do_in_the_shell() {
        String text = files.get("Tarry.psm1");
        int start = text.indexOf("\nfunction Retry-Queue {");
        String function = text.substring(start, text.indexOf("\n}\n", start));
        assertTrue(
                function.contains("[Parameter(Position = 0, ValueFromPipeline = $true,"
                        + " ValueFromPipelineByPropertyName = $true)]\n        [object] $Identity"),
                function);
        assertTrue(function.contains("[Parameter()]\n        [bool] $Resubmit"), function);
    }

    @Test
    void the_tables_are_those_of_the_shell() throws Exception {
        Document views = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.get("Tarry.Format.ps1xml").getBytes(StandardCharsets.UTF_8)));
        long shown = all().stream()
                .map(Cmdlet::shows)
                .filter(type -> !type.isEmpty())
                .distinct()
                .count();
        assertEquals(shown, views.getElementsByTagName("View").getLength());
        assertTrue(files.get("Tarry.Format.ps1xml").contains("<TypeName>Tarry.Queue</TypeName>"));
    }

    @Test
    void the_command_writes_it(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Path place = folder.resolve("a/Tarry");
        int code = ShellCommand.main(
                new String[] {"--write-module", place.toString()},
                Map.of(),
                InputStream.nullInputStream(),
                print,
                print);
        assertEquals(0, code, out.toString(StandardCharsets.UTF_8));
        for (String name : files.keySet()) {
            assertTrue(Files.size(place.resolve(name)) > 100, name);
            assertTrue(
                    out.toString(StandardCharsets.UTF_8)
                            .contains(place.resolve(name).toString()),
                    name);
        }
    }
}
