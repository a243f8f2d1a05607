package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            1 + 2 * 3                                    ¦ 7
            (1 + 2) * 3                                  ¦ 9
            7 / 2                                        ¦ 3.5
            8 / 2                                        ¦ 4
            7 % 4                                        ¦ 3
            -5 + 3                                       ¦ -2
            9223372036854775807 + 1                      ¦ 9.223372036854776E+18
            10MB / 1KB                                   ¦ 10240
            '5' + 3                                      ¦ 53
            5 + '3'                                      ¦ 8
            'ab' * 3                                     ¦ ababab
            "$(1,2 + 3)"                                 ¦ 1 2 3
            'Retry' -eq 'retry'                          ¦ True
            'Retry' -ceq 'retry'                         ¦ False
            10 -gt 9                                     ¦ True
            '10' -gt 9                                   ¦ False
            $null -lt 5                                  ¦ True
            5 -gt $null                                  ¦ True
            $null -eq $null                              ¦ True
            '' -eq $null                                 ¦ False
            'abc' -like 'A*'                             ¦ True
            'abc' -notlike 'A*'                          ¦ False
            'a1b22' -match '\\d+'                        ¦ True
            $x = 'a1b22' -match '\\d+$'; $Matches[0]     ¦ 22
            'x' -notmatch 'y'                            ¦ True
            1,2,3 -contains 2                            ¦ True
            'B' -in 'a','b'                              ¦ True
            'B' -notin 'a','b'                           ¦ False
            "$(1,2,3 -gt 1)"                             ¦ 2 3
            $true -and $false -or $true                  ¦ True
            $true -xor $true                             ¦ False
            !''                                          ¦ True
            -not 'x'                                     ¦ False
            "$(1..4)"                                    ¦ 1 2 3 4
            "$(3..1)"                                    ¦ 3 2 1
            $x = 'a','b','c'; $x[-1] + $x[0]             ¦ ca
            $x = 'a','b'; $x += 'c'; $x.Count            ¦ 3
            $x = 5; $x -= 2; $x *= 4; $x                 ¦ 12
            @().Count                                    ¦ 0
            @(1).Count                                   ¦ 1
            $null.Count                                  ¦ 0
            'abc'.Length                                 ¦ 3
            'abc'.ToUpper().Substring(1)                 ¦ BC
            'a,b'.Split(',')[1]                          ¦ b
            'abc'.Replace('b', 'x')                      ¦ axc
            @{a=1; B=2}.b                                ¦ 2
            @{a=1}['A']                                  ¦ 1
            @{a=1; b=2}.Keys -join '+'                   ¦ a+b
            'a-b' -replace '-(.)', '+$1'                 ¦ a+b
            ('a b' -split ' ').Count                     ¦ 2
            "{0:N2}|{1,5}|{2}" -f 1234.5, 'ab', $true    ¦ 1,234.50|   ab|True
            "$env:COMPUTERNAME $env:path"                ¦ MAIL /bin
            "x$env:NOSUCH-"                              ¦ x-
            "${x}y"                                      ¦ y
            'single $x `n'                               ¦ single $x `n
            "tab`tend"                                   ¦ tab\tend
            (Get-Date '1/2/2026').AddMinutes(-5).Hour    ¦ 23
            ((Get-Date '1/2/2026') - (Get-Date '1/1/2026')).TotalHours ¦ 24
            (New-TimeSpan -Hours 30).ToString()          ¦ 1.06:00:00
            (Get-Date '1/2/2026 15:00') -gt '1/2/2026 2:59 PM' ¦ True
            (New-TimeSpan -Minutes 5) -lt '00:06:00'     ¦ True
            (1..10 | Measure-Object -Sum).Sum            ¦ 55
            (1..3 | % { $_ * 2 }) -join ','              ¦ 2,4,6
            1..3 | % { $PSItem } | Where { $_ -gt 2 }    ¦ 3
            ('b','a','C' | Sort-Object) -join ''         ¦ abC
            (3,10,2 | sort -Descending) -join ' '        ¦ 10 3 2
            'a','bb' | % Length | Select -Last 1         ¦ 2
            'x' | % ToUpper                              ¦ X
            (1..5 | Select-Object -Skip 1 -First 2) -join ' ' ¦ 2 3
            (1,1,2 | Select -Unique) -join ' '           ¦ 1 2
            $a = $b = 3; $a + $b                         ¦ 6
            Write-Output 1 2 | Measure | % Count         ¦ 2
            echo 0012                                    ¦ 12
            Write-Host 0x10 -NoNewline                   ¦ 16
            $f = { $_ + 1 }; 4 | % $f                    ¦ 5
            """)
    void expressions_give_what_power_shell_gives(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(expected.replace("\\t", "\t"), said.text());
        assertEquals(0, said.code());
    }

    @Test
    void a_statement_that_fails_is_reported_and_the_next_one_runs() {
        Bench.Said said = bench.run("'one'; 1/0; 'two'");
        assertEquals("one\ntwo\n", said.out());
        assertTrue(said.err().startsWith("Attempted to divide by zero.\nAt line:1 char:8\n+ 'one'; 1/0; 'two'\n"));
        assertEquals(1, said.code());
    }

    @Test
    void in_a_block_too_the_next_statement_runs() {
        Bench.Said said = bench.run("1..2 | % { $null.Foo(); \"after $_\" }");
        assertEquals("after 1\nafter 2\n", said.out());
        assertEquals(1, said.code());
    }

    @Test
    void a_script_that_does_not_read_runs_nothing_of_it() {
        Bench.Said said = bench.run("'one'\n'two' -foo 3");
        assertEquals("", said.out());
        assertTrue(said.err().contains("At line:2 char:7\n+ 'two' -foo 3\n+       ~~~~\nUnexpected token '-foo'"));
        assertEquals(1, said.code());
    }

    @Test
    void select_first_stops_what_feeds_it_and_lets_what_follows_end() {
        Bench.Said said = bench.run("1..5 | % { Write-Host \"made $_\"; $_ } | Select -First 2 | Measure | % Count");
        assertEquals("made 1\nmade 2\n2\n", said.out());
    }

    @Test
    void exit_ends_the_script_with_its_code() {
        Bench.Said said = bench.run("'a'; exit 3; 'b'");
        assertEquals("a\n", said.out());
        assertEquals(3, said.code());
    }

    @Test
    void error_action_stop_ends_the_script_and_silently_continue_says_nothing() {
        Bench.Said stopped = bench.run("Get-NetFirewallRule -ErrorAction Stop; 'after'");
        assertEquals("", stopped.out());
        assertEquals(1, stopped.code());
        Bench.Said silent = bench.run("Get-NetFirewallRule -ea SilentlyContinue; 'after'");
        assertEquals("after\n", silent.out());
        assertEquals("", silent.err());
        assertEquals(0, silent.code());
    }

    @Test
    void endless_recursion_and_giant_ranges_are_errors_and_not_the_end() {
        Bench.Said deep = bench.run("$f = { 1 | % $f }; 1 | % $f; 'alive'");
        assertTrue(deep.err().contains("call depth overflow"), deep.err());
        assertEquals("alive\n", deep.out());
        Bench.Said wide = bench.run("1..2000000000; 'a' * 2000000000; 'alive'");
        assertTrue(wide.err().contains("A range may stand for at most"), wide.err());
        assertEquals("alive\n", wide.out());
    }

    @Test
    void constants_cannot_be_assigned() {
        Bench.Said said = bench.run("$true = 1");
        assertTrue(said.err().startsWith("Cannot overwrite variable true because it is read-only or constant."));
    }

    @Test
    void what_has_no_order_says_so() {
        Bench.Said said = bench.run("5 -gt 'abc'; 5 -eq 'abc'; 'a' -match '('");
        assertTrue(said.err().contains("Could not compare \"5\" to \"abc\"."), said.err());
        assertTrue(said.err().contains("parsing \"(\" - "), said.err());
        assertEquals("False\n", said.out());
    }
}
