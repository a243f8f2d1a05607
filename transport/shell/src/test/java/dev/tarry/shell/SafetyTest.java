package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that a stranger wrote reaches a terminal raw, whichever way it is shown.
final class SafetyTest {
    /// An escape sequence that clears the screen, one in C1, a bell, NUL, a bare CR, a line end with a forged
    /// row, right-to-left override, a lone surrogate.
    private static final String NASTY =
            "a\\u001b[2Jb\\u009b31mc\\u0007d\\u0000e\\rf\\nMAIL\\\\\\\\9 forged\\u202eg\\u2028h\\ud800i\\u007fj";

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
        // A JSON parser takes a lone surrogate in a value but not in a name.
        String nastyName = NASTY.replace("\\ud800", "");
        bench.server.json(
                "GET /api/v1/messages",
                200,
                "{\"items\":[{\"Identity\":\"MAIL\\\\4\\\\1\",\"FromAddress\":\"" + NASTY
                        + "\",\"Status\":\"Retry\",\"Queue\":\"MAIL\\\\4\",\"Subject\":\"" + NASTY + "\",\"" + nastyName
                        + "\":\"x\",\"Recipients\":[\""
                        + NASTY + "\"]}]}");
        bench.server.json(
                "GET /api/v1/queues/x",
                409,
                "{\"title\":\"t\",\"type\":\"urn:" + NASTY + "\",\"detail\":\"" + NASTY + "\"}");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Get-Message",
                "Get-Message | fl",
                "Get-Message | ft *",
                "Get-Message | Select Subject",
                "Get-Message | ConvertTo-Json",
                "Get-Message | % Subject",
                "(Get-Message).Subject",
                "Write-Host (Get-Message).Subject",
                "Get-Message | Out-String",
                "Get-Message | Group-Object Subject",
                "Get-Message | Retry-Queue -WhatIf",
                "Get-Message | Get-LabClock",
                "Get-Message | Select -ExpandProperty Subject | Sort-Object -Foo",
                "$s = (Get-Message).Subject; Get-Queue -Server $s",
                "$s = (Get-Message).Subject; @{$s = $s}",
                "Get-Queue x",
                "'x' -match ('(' + (Get-Message).Subject)"
            })
    void remote_text_cannot_command_the_terminal(String script) {
        Bench.Said said = bench.run(script);
        String all = said.out() + said.err();
        assertFalse(all.isBlank(), script);
        assertFalse(all.contains("is not JSON"), all);
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            boolean fine = c == '\n' || c >= 0x20 && c < 0x7f || c == '\t';
            assertTrue(fine, () -> script + ": character " + Integer.toHexString(c) + " in:\n" + all);
        }
    }

    @Test
    void what_is_hidden_is_shown_as_power_shell_would_write_it() {
        String out = bench.run("Get-Message | Select Subject").out();
        assertEquals("", bench.run("Get-Message").err());
        assertTrue(out.contains("a`u{1B}[2Jb`u{9B}31mc`u{7}d`u{0}e`u{D}f`u{A}MAIL\\\\9"), out);
        assertEquals(1, out.lines().filter(line -> line.contains("forged")).count());
        assertFalse(out.lines().anyMatch(line -> line.startsWith("MAIL")), "no forged row");
    }

    @Test
    void json_keeps_every_character() {
        String json = bench.run("Get-Message | Select Subject | ConvertTo-Json -Compress")
                .out();
        assertEquals(
                "{\"Subject\":\"a\\u001b[2Jb\\u009b31mc\\u0007d\\u0000e\\rf\\nMAIL\\\\\\\\9 forged\\u202eg\\u2028h\\ud800i\\u007fj\"}\n",
                json.replace("\\uD800", "\\ud800"));
    }

    @Test
    void the_script_itself_is_quoted_safely_in_errors() {
        Bench.Said said = bench.run("1 -foo '\u001b[2J'");
        assertFalse(said.err().contains("\u001b"), "no escape");
        assertTrue(said.err().contains("+ 1 -foo '?[2J'\n+   ~~~~\n"), said.err());
    }

    @Test
    void ordinary_text_of_the_world_is_left_alone() {
        bench.server.json("GET /api/v1/messages", 200, "{\"items\":[{\"Subject\":\"Grüße, 世界 \uD83D\uDE00\"}]}");
        assertEquals(
                "Grüße, 世界 \uD83D\uDE00\n", bench.run("(Get-Message).Subject").out());
        assertTrue(
                bench.run("Get-Message | Select Subject | ConvertTo-Json").out().contains("Grüße, 世界 \uD83D\uDE00"));
    }

    /// An array, a hashtable and an object of 50,000 levels, in `$a`, `$h` and `$o`; `$b` is another such array.
    private static final String DEEP = "$a = @(1); $b = @(1); $h = @{}; $o = [PSCustomObject]@{v=1}; "
            + "for ($i = 0; $i -lt 50000; $i++) { $a = ,$a; $b = ,$b; $h = @{k=$h}; $o = [PSCustomObject]@{v=$o} }; ";

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            "$a"                                    ¦ System.Object[]
            "$h"                                    ¦ System.Collections.Hashtable
            "$o"                                    ¦ @{v=}
            if ($a) { 'true' }                      ¦ true
            $a -join ','                            ¦ System.Object[]
            '{0}' -f $a                             ¦ System.Object[]
            ConvertTo-Json $a -Depth 1 -Compress -wa 0  ¦ [["System.Object[]"]]
            ConvertTo-Json $h -Depth 1 -Compress -wa 0  ¦ {"k":{"k":"System.Collections.Hashtable"}}
            ConvertTo-Json $o -Depth 1 -Compress -wa 0  ¦ {"v":{"v":"@{v=}"}}
            $a                                      ¦ System.Object[]
            ($a | Out-String).Trim()                ¦ System.Object[]
            $c = $a.Clone(); $c.Count               ¦ 1
            $c = $h.Clone(); $c.Count               ¦ 1
            $a.Count                                ¦ 1
            ($a | Measure-Object).Count             ¦ 1
            @($a | Sort-Object).Count               ¦ 1
            ($a | Select-Object -First 1).Count     ¦ 1
            [string]$a                              ¦ System.Object[]
            """)
    void what_lies_deep_in_each_other_is_shown_and_worked_on(String script, String expected) {
        Bench.Said said = bench.run(DEEP + script);
        assertEquals("", said.err());
        assertEquals(expected, said.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$a -eq $b",
                "$a -contains $b",
                "$a -eq $a",
                "@{}[$a]",
                "$t = @{}; $t[$a] = 1",
                "$a.foo",
                "$a | fl *",
                "$h | ft",
                "$o | fl",
                "$o | ft",
                "$h.GetHashCode()",
                "Compare-Object $a $b",
                "@($a, $b) | Sort-Object -Unique",
                "@($a, $b) | Group-Object",
                "@($a, $b) | Get-Unique",
                "$o | ConvertTo-Html",
                "$o | ConvertTo-Csv",
                "$o | Get-Member",
                "[int]$a",
                "[int[]]$a",
                "[datetime]$a",
                "$a -like 'x'",
                "$a + $a",
                "Write-Host $a",
                "Write-Error $a",
                "throw $a",
                "$a.Where{$true}",
                "switch ($a) { 1 { } }",
                "$a -is [array]",
                "$a -as [int]",
                "ConvertTo-Json $a -Depth 100",
                "[pscustomobject]$h",
                "$h | Out-String",
                "$a | % { $_ }",
                "Get-Variable a",
                "Get-Queue $a",
                "Get-Date $a"
            })
    void nothing_done_to_what_lies_deep_ends_the_script(String script) {
        Bench.Said said =
                bench.run(DEEP + "try { @(" + script + ") | Out-Null } catch { }; 'caught'; " + script + "\n'alive'");
        assertTrue(said.out().contains("caught\n"), script + said.out() + said.err());
        assertTrue(said.out().endsWith("alive\n") || script.startsWith("throw"), script + said.out() + said.err());
    }

    @Test
    void an_array_that_holds_itself_is_shown() {
        Bench.Said said =
                bench.run("$a = [System.Collections.ArrayList]@(1); $a[0] = $a; \"$a\"; $a; if ($a) { 'true' }");
        assertEquals("", said.err());
        assertEquals("System.Collections.ArrayList\nSystem.Collections.ArrayList\ntrue", said.text());
    }
}
