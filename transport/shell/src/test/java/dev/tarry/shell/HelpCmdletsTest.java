package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.cmdlet.Cmdlet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the shell tells of itself and of its objects.
final class HelpCmdletsTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void help_is_laid_out_as_in_power_shell() {
        assertEquals("""

                NAME
                    Format-Wide

                SYNOPSIS
                    Formats objects as a wide table that displays only one property of each object.

                ALIASES
                    fw

                SYNTAX
                    Format-Wide [[-Property] <Object>] [-AutoSize] [-Column <int>] [-GroupBy <Object>] [-Force] [-InputObject <Object>]
                    [<CommonParameters>]

                DESCRIPTION
                    Only one of -AutoSize, -Column can be used.

                REMARKS
                    To see the examples, type: "get-help Format-Wide -examples".
                    For more information, type: "get-help Format-Wide -detailed".
                    For technical information, type: "get-help Format-Wide -full".

                """, bench.run("Get-Help Format-Wide").shown());
        assertEquals(
                bench.run("Get-Help Format-Wide").shown(), bench.run("help fw").shown());
        assertEquals(
                bench.run("Get-Help Format-Wide").shown(),
                bench.run("man Format-Wide").shown());
    }

    @Test
    void help_goes_into_parameters_and_examples() {
        String full = bench.run("Get-Help Get-Help -Full").shown();
        assertTrue(full.contains("""
                            -Name <string>

                                Required?                    false
                                Position?                    0
                                Accept pipeline input?       true (ByPropertyName)

                        """), full);
        assertTrue(full.contains("    PS C:\\>Get-Help *Queue*\n"), full);
        assertFalse(bench.run("Get-Help Get-Help -Detailed").shown().contains("Required?"));
        assertEquals("""

                    -AutoSize [<SwitchParameter>]

                        Required?                    false
                        Position?                    named
                        Accept pipeline input?       false

                """, bench.run("Get-Help ft -Parameter Auto*").shown());
        assertTrue(bench.run("Get-Help ft -Parameter Nope").err().contains("No parameter matches criteria Nope."));
    }

    @Test
    void every_example_is_a_script_that_uses_its_cmdlet() {
        List<Cmdlet> told = StandardCmdlets.table().all().stream()
                .filter(cmdlet -> !cmdlet.examples().isEmpty())
                .toList();
        assertTrue(told.size() > 25, told.size() + " cmdlets have examples");
        for (Cmdlet cmdlet : told) {
            for (Cmdlet.Example example : cmdlet.examples()) {
                String failed = bench.run("function Show-It { " + example.script() + " }")
                        .err();
                assertEquals("", failed, example.script());
                assertTrue(example.script().contains(cmdlet.name()), example.script());
            }
        }
    }

    @Test
    void help_says_where_tarry_differs() {
        String sleep = bench.run("Get-Help Start-Sleep").shown().replaceAll("\\s+", " ");
        assertTrue(sleep.contains("In the lab it steps the lab's clock by that much"), sleep);
    }

    @Test
    void help_lists_what_a_word_is_in_and_refuses_topics_by_name() {
        String list = bench.run("Get-Help *-Queue").shown();
        assertTrue(list.startsWith("\nName                              Category  Module"), list);
        assertTrue(list.contains("\nRetry-Queue                       Cmdlet    Microsoft.Exchange"), list);
        assertFalse(list.contains("Get-Message "), list);
        assertTrue(bench.run("Get-Help about_Operators").err().contains("there are no about_ topics here"));
        Bench.Said unknown = bench.run("Get-Help Get-Nonsense");
        assertTrue(unknown.err().startsWith("Get-Help : Get-Help could not find Get-Nonsense"), unknown.err());
        assertEquals(1, unknown.code());
        assertTrue(bench.run("Get-Help Get-ItemProperty").err().contains("of files there are names"));
        assertTrue(bench.run("help").shown().contains("Get-Command -Noun Queue"));
    }

    @Test
    void commands_are_found_by_noun_verb_name_and_module() {
        String queues = bench.run("Get-Command -Noun Queue").shown();
        assertTrue(queues.startsWith("""

                        CommandType     Name                                               Version    Source
                        -----------     ----                                               -------    ------
                        Cmdlet          Get-Queue                                          1.0        Microsoft.Exchange
                        """), queues);
        assertFalse(queues.contains("Get-Message"), queues);
        assertTrue(bench.run("Get-Command -Verb Suspend | % Name").shown().contains("Suspend-Message\n"));
        assertEquals("Sort-Object\n", bench.run("(Get-Command Sort*).Name").shown());
        assertTrue(bench.run("Get-Command ft").shown().contains("Alias           ft -> Format-Table"));
        assertEquals(
                "True\n", bench.run("@(Get-Command -Module Tarry).Count -gt 5").shown());
        assertTrue(bench.run("Get-Command Get-Nope").err().contains("is not recognized as the name of a cmdlet"));
        assertTrue(bench.run("Get-Command Out-Null -Syntax")
                .shown()
                .contains("Out-Null [-InputObject <Object>] [<CommonParameters>]"));
        assertEquals(
                "ForEach-Object\nForEach-Object\n",
                bench.run("Get-Alias -Definition ForEach-Object | % Definition").shown());
    }

    @Test
    void commands_that_are_outside_are_refused_with_the_reason() {
        Bench.Said grid = bench.run("Get-Queue | Out-GridView");
        assertTrue(
                grid.err()
                        .startsWith(
                                "'Out-GridView' is outside the part of PowerShell that tarry speaks: there is no window"
                                        + " to show it in; use Format-Table or Out-Host."),
                grid.err());
        assertTrue(grid.err().contains("FullyQualifiedErrorId : OutsideThisShell"), grid.err());
        assertEquals(1, grid.code());
        for (String command :
                new String[] {"Set-Date", "Export-Clixml", "ConvertTo-Xml", "Get-Acl x", "Enter-PSSession"}) {
            assertTrue(bench.run(command).err().contains("is outside the part of PowerShell"), command);
        }
        assertTrue(bench.run("Get-Nonsense").err().contains("is not recognized as the name of a cmdlet"));
    }

    @Test
    void exchanges_modules_are_there_already_and_others_cannot_be_loaded() {
        assertEquals(
                "",
                bench.run("Add-PSSnapin Microsoft.Exchange.Management.PowerShell.SnapIn; Import-Module DnsClient")
                        .err());
        assertTrue(bench.run("Import-Module ActiveDirectory")
                .err()
                .contains("The specified module 'ActiveDirectory' was not loaded"));
    }

    @Test
    void members_are_listed_by_type() {
        assertEquals(
                """

                   TypeName: Selected.Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo

                Name         MemberType   Definition
                ----         ----------   ----------
                Equals       Method       bool Equals(System.Object obj)
                GetType      Method       type GetType()
                ToString     Method       string ToString()
                Identity     NoteProperty string Identity=MAIL\\4
                MessageCount NoteProperty int MessageCount=1

                """,
                bench.run("Get-Queue | Select-Object Identity, MessageCount -First 1 | Get-Member")
                        .shown());
        String both = bench.run("'x', (Get-Date '1/2/2026') | gm -MemberType Property")
                .shown();
        assertTrue(both.startsWith("\n   TypeName: System.String\n\nName   MemberType Definition\n"), both);
        assertTrue(both.contains("\n   TypeName: System.DateTime\n"), both);
        assertTrue(both.contains("\nDayOfWeek   Property   System.DayOfWeek DayOfWeek {get;}\n"), both);
        assertEquals("AddDays\n", bench.run("Get-Date | gm AddD* | % Name").shown());
        assertTrue(bench.run("Get-Member").err().contains("You must specify an object for the Get-Member cmdlet."));
    }

    @Test
    void every_method_that_is_listed_can_be_called() {
        for (String value :
                new String[] {"'text'", "(Get-Date '1/2/2026')", "(New-TimeSpan -Hours 1)", "@{a=1}", "(Get-Queue)[0]"
                }) {
            String calls = bench.run(value + " | Get-Member -MemberType Method | % Definition")
                    .shown();
            assertFalse(calls.isBlank(), value);
            for (String definition : calls.split("\n")) {
                String call = definition.substring(0, definition.indexOf(')') + 1);
                String name =
                        call.substring(call.substring(0, call.indexOf('(')).lastIndexOf(' ') + 1, call.indexOf('('));
                String inside = call.substring(call.indexOf('(') + 1, call.length() - 1);
                int count = inside.isBlank() ? 0 : inside.split(",").length;
                String script = value + "." + name + "(" + "1,1,1,1".substring(0, Math.max(0, count * 2 - 1)) + ")";
                assertFalse(bench.run(script).err().contains("MethodNotFound"), script);
            }
        }
    }

    @Test
    void variables_are_set_shown_cleared_and_removed() {
        assertEquals(
                "\nName                           Value\n----                           -----\nx                              1\n\n",
                bench.run("Set-Variable x 1; Get-Variable x").shown());
        assertEquals("7\n", bench.run("3,4 | Set-Variable y; $y[0] + $y[1]").shown());
        assertEquals("1\n", bench.run("$ab = 1; Get-Variable a* -ValueOnly").shown());
        assertTrue(bench.run("Get-Variable nope").err().contains("Cannot find a variable with the name 'nope'."));
        assertEquals(
                "True\n", bench.run("$v = 1; Clear-Variable v; $v -eq $null").shown());
        assertTrue(bench.run("$v = 1; Remove-Variable v; Get-Variable v").err().contains("VariableNotFound"));
        assertTrue(bench.run("New-Variable n 1; New-Variable n 2").err().contains("already exists"));
        assertTrue(bench.run("Set-Variable true 0").err().contains("VariableNotWritable"));
    }

    @Test
    void a_piece_of_script_is_run_as_if_it_stood_there() {
        assertEquals("3\n", bench.run("Invoke-Expression '$z = 1 + 2'; $z").shown());
        assertEquals(
                "MAIL\\4\n",
                bench.run("'Get-Queue | select -First 1 | % Identity' | iex").shown());
        assertTrue(bench.run("iex '1 +'").err().contains("ParserError"));
    }
}
