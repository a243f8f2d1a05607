package dev.tarry.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.StandardCmdlets;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Location;
import dev.tarry.shell.syntax.Parser;
import dev.tarry.shell.syntax.Script;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuggestionsTest {
    private static final CmdletTable TABLE = StandardCmdlets.table();

    @TempDir
    private Path folder;

    private final List<String> looked = new ArrayList<>();

    private final Session session = new Session() {
        @Override
        public Location location() {
            Location location = new Location("");
            location.go(folder);
            return location;
        }

        @Override
        public String prompt() {
            return "> ";
        }

        @Override
        public void run(String typed) {
            throw new AssertionError("the tab key runs nothing");
        }

        @Override
        public boolean hasExited() {
            return false;
        }

        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public boolean isUnfinished(String typed) {
            return false;
        }

        @Override
        public boolean interrupt() {
            return false;
        }

        @Override
        public List<String> variables() {
            return List.of("queues", "x");
        }

        @Override
        public Map<String, String> aliases() {
            return Map.of("gq", "Get-Queue");
        }

        @Override
        public List<String> functions() {
            return List.of("Show-Mine");
        }

        @Override
        public List<Object> look(String line) {
            looked.add(line);
            if (line.startsWith("Get-Queue")) {
                return List.of(
                        new Row("Queue")
                                .with("Identity", "MAIL\\Submission")
                                .with("Status", "Ready")
                                .with("LastError", "")
                                .with("NextHopDomain", "Submission"),
                        new Row("Queue")
                                .with("Identity", "MAIL\\4")
                                .with("Status", "Retry")
                                .with("LastError", "451")
                                .with("NextHopDomain", "gmail.com"));
            }
            if (line.startsWith("Get-ReceiveConnector")) {
                return List.of(
                        new Row("ReceiveConnector").with("Identity", "MAIL\\Default Frontend MAIL"),
                        new Row("ReceiveConnector").with("Identity", "MAIL\\It's $5"),
                        new Row("ReceiveConnector").with("Identity", "MAIL\\\u001b[2Jevil"));
            }
            if (line.startsWith("Get-SendConnector")) {
                return List.of(
                        new Row("SendConnector").with("Identity", "a\u2019; Remove-Message *; \u2018\u201a\u201bb"),
                        new Row("SendConnector").with("Identity", "c\u201d; Remove-Message *; \u201c\u201ed"));
            }
            return List.of();
        }
    };

    private final Suggestions suggestions =
            new Suggestions(TABLE, session, new ServerNames(TABLE, session), Set.of("HOME", "PATH"));

    private List<String> at(String line) {
        return suggestions.at(line).texts();
    }

    @Test
    void paths_are_completed_for_parameters_that_take_them_and_wherever_one_begins() throws IOException {
        Files.createDirectories(folder.resolve("logs/old one"));
        Files.writeString(folder.resolve("a.log"), "");
        Files.writeString(folder.resolve("run.ps1"), "");
        Files.writeString(folder.resolve(".hidden"), "");
        assertEquals(List.of("a.log", "logs/", "run.ps1"), at("Get-Content "));
        assertEquals(List.of("a.log"), at("gc A"));
        assertEquals(List.of("'logs/old one/'"), at("dir logs/o"));
        assertEquals(List.of("'logs/old one/'"), at("dir 'logs/"));
        assertEquals(
                List.of("logs\\"),
                at("Import-Csv -Path .\\lo").stream().map(s -> s.substring(2)).toList());
        assertEquals(List.of("run.ps1"), at("Get-Queue | Export-Csv -Path r"));
        assertEquals(List.of("./run.ps1"), at("./r"));
        assertEquals(List.of("./run.ps1"), at("Get-Queue; & ./r"));
        assertEquals(List.of("./a.log"), at("Get-Queue ./a"));
        assertEquals(List.of(".hidden"), at("gc .h"));
        assertEquals(List.of(), at("gc none/"));
    }

    /// The line with the first suggestion in it.
    private String first(String line) {
        Suggestions.Found found = suggestions.at(line);
        assertFalse(found.texts().isEmpty(), line);
        return line.substring(0, found.start()) + found.texts().getFirst();
    }

    @Test
    void a_command_is_completed_wherever_one_may_stand() {
        assertTrue(
                at("get-tran").contains("Get-TransportService"), at("get-tran").toString());
        assertEquals("Suspend-Queue", first("susp" + "end-q"));
        assertEquals("Get-Queue | Retry-Queue", first("Get-Queue | retry"));
        assertEquals("$x = Get-LabClock", first("$x = get-labcl"));
        assertEquals("foreach ($q in Get-LabClock", first("foreach ($q in get-labcl"));
        assertEquals("Get-Queue | % { Retry-Queue", first("Get-Queue | % { retry-"));
        assertEquals("Show-Mine", first("show-m"));
        assertEquals("gq", first("gq"));
        assertEquals(List.of("-Filter"), at("gq -f"));
        assertEquals(TABLE.all().size() + 2, at("").size());
    }

    @Test
    void parameters_are_those_of_the_cmdlet_and_the_common_ones() {
        assertEquals(List.of("-Filter"), at("Get-Queue -f"));
        assertEquals("gc | Suspend-Queue -Confirm", first("gc | Suspend-Queue -Con"));
        assertTrue(at("Get-Queue -").contains("-ErrorAction"));
        assertEquals(List.of("-OutVariable"), at("Get-Queue -OutV"));
        assertFalse(at("Get-Queue -").contains("-Confirm"), "it changes nothing");
        assertEquals(List.of(), at("Get-Nothing -"));
    }

    @Test
    void values_are_choices_truths_and_actions() {
        assertTrue(at("Write-Host x -ForegroundColor Dark").contains("DarkRed"));
        assertEquals(List.of("$false"), at("Set-SendConnector a -Enabled $f"));
        assertEquals(List.of("SilentlyContinue"), at("Get-Queue -ErrorAction Si"));
        assertEquals(List.of("Unlimited"), at("Get-Queue -ResultSize "));
    }

    @Test
    void identities_come_from_the_server_and_are_quoted_where_they_must_be() {
        assertEquals(List.of("MAIL\\4", "MAIL\\Submission"), at("Get-Queue "));
        assertEquals("Retry-Queue -Identity MAIL\\4", first("Retry-Queue -Identity mail"));
        assertEquals("Retry-Queue -Identity:MAIL\\4", first("Retry-Queue -Identity:mail"));
        assertEquals("Set-ReceiveConnector 'MAIL\\Default Frontend MAIL'", first("Set-ReceiveConnector mail\\def"));
        assertEquals("Set-ReceiveConnector \"MAIL\\It's `$5\"", first("Set-ReceiveConnector \"mail\\it"));
        assertEquals("Set-ReceiveConnector 'MAIL\\It''s $5'", first("Set-ReceiveConnector 'mail\\it"));
        assertEquals("Get-Message -Queue MAIL\\4", first("Get-Message -Queue "));
    }

    @Test
    void no_quote_in_a_name_ends_the_string_that_it_is_completed_in() {
        for (String typed : List.of("", "'", "\"")) {
            for (String line : at("Set-SendConnector " + typed)) {
                List<Statement> statements = Parser.parse(Script.typed("$x = " + line));
                assertEquals(1, statements.size(), line);
            }
        }
        assertEquals(
                List.of("'a\u2019\u2019; Remove-Message *; \u2018\u2018\u201a\u201a\u201b\u201bb'"),
                at("Set-SendConnector a"));
        assertEquals(List.of("\"c`\u201d; Remove-Message *; `\u201c`\u201ed\""), at("Set-SendConnector \"c"));
    }

    @Test
    void what_could_command_the_terminal_is_not_offered() {
        assertEquals(2, at("Set-ReceiveConnector ").size());
    }

    @Test
    void the_server_is_asked_for_few_and_only_by_cmdlets_that_read() {
        at("Remove-Message -Identity ");
        at("Get-Queue -Identity ");
        at("New-SendConnector -Name ");
        assertEquals(List.of("Get-Message -ResultSize 200", "Get-Queue -ResultSize 200"), looked);
    }

    @Test
    void properties_are_those_of_what_comes_down_the_pipeline() {
        assertEquals("Get-Queue | Select-Object LastError", first("Get-Queue | Select-Object las"));
        assertEquals("Get-Queue | select Identity,LastError", first("Get-Queue | select Identity,la"));
        assertEquals("Get-Queue | select Identity, LastError", first("Get-Queue | select Identity, la"));
        assertEquals("Get-Queue | ? { $_.LastError", first("Get-Queue | ? { $_.la"));
        assertTrue(at("Get-Queue | ? { $_.").contains("Identity"));
        assertEquals("Get-Queue | ? Status", first("Get-Queue | ? Sta"));
        assertEquals("Get-Queue | ? Status -eq x | sort LastError", first("Get-Queue | ? Status -eq x | sort la"));
        assertEquals("Get-Queue | select @{n='a'; e={$_.LastError", first("Get-Queue | select @{n='a'; e={$_.las"));
        assertEquals(List.of(), at("Get-Queue | Group-Object Status | select La"));
        assertEquals(List.of(), at("Select-Object "));
    }

    @Test
    void a_simple_comparison_offers_what_the_property_is_at_present() {
        assertEquals(List.of("Ready", "Retry"), at("Get-Queue | Where-Object Status -eq "));
        assertEquals("Get-Queue | ? Status -eq Retry", first("Get-Queue | ? Status -eq ret"));
    }

    @Test
    void variables_and_those_of_the_environment() {
        assertEquals("$queues", first("$q"));
        assertEquals("Get-Queue $x", first("Get-Queue $x"));
        assertEquals("$env:HOME", first("$env:ho"));
        assertEquals("$env:COMPUTERNAME", first("$env:comp"));
        assertEquals("'a' + $queues", first("'a' + $qu"));
    }

    @Test
    void where_nothing_is_known_nothing_is_offered() {
        assertEquals(List.of(), at("# Get-Qu"));
        assertEquals(List.of(), at("$x -e"));
        assertEquals(List.of(), at("12"));
        assertEquals(List.of(), at("Get-Nothing x"));
        assertEquals(List.of(), at("'Get-Qu"));
    }
}
