package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Values, operators, members and cmdlets in combinations that nobody would type: whatever comes of it, it is a
/// result or an error in PowerShell's words, and the statement after it runs.
final class ThrownTogetherTest {
    private static final String[] VALUES = {
        "5",
        "-1",
        "2.5",
        "'text'",
        "\"$x $(1+1)\"",
        "$null",
        "$true",
        "@()",
        "@(1,2)",
        "1,'a',$null",
        "@{a=1; b='x'}",
        "{ $_ }",
        "$q",
        "$q[0]",
        "(Get-Date '1/2/2026')",
        "(New-TimeSpan -Hours 2)",
        "10MB",
        "'*'",
        "'['",
        "'('",
        "1..3",
        "$x",
        "''",
        "9223372036854775807",
        "'MAIL\\4'",
        "$q.Identity",
        "'{0}'",
        "@{Name='n'; Expression={$_}}"
    };
    private static final String[] OPERATORS = {
        "+",
        "-",
        "*",
        "/",
        "%",
        "-eq",
        "-ne",
        "-gt",
        "-ge",
        "-lt",
        "-le",
        "-like",
        "-notlike",
        "-match",
        "-notmatch",
        "-contains",
        "-in",
        "-notin",
        "-and",
        "-or",
        "-xor",
        "-join",
        "-split",
        "-replace",
        "-f",
        "..",
        "-ceq"
    };
    private static final String[] MEMBERS = {
        ".Count",
        ".Length",
        ".Identity",
        ".AddMinutes(-5)",
        ".ToString()",
        ".ToString('N2')",
        ".Substring(9)",
        "[0]",
        "[-1]",
        "[1..2]",
        "['a']",
        ".Split(',')",
        ".Days",
        ".Keys",
        ".a",
        "[$null]",
        ".Replace('a','b')",
        ".AddDays('x')",
        ".PadLeft(-5)",
        ".Subtract(1)"
    };
    private static final String[] STAGES = {
        "Where-Object {$_ -gt 1}",
        "Where Status -eq Retry",
        "Select-Object *",
        "Select Identity, Nope",
        "Select -First 1",
        "Select -ExpandProperty Identity",
        "Select -Last 1 -Skip 1",
        "Sort-Object",
        "Sort-Object Identity -Descending",
        "sort -Unique",
        "ForEach-Object { $_ }",
        "% Length",
        "% { $_.Identity; $null }",
        "Measure-Object",
        "measure MessageCount -Sum -Average",
        "measure -Maximum",
        "group",
        "group Status",
        "Format-Table",
        "ft Identity, @{n='x'; e={1/0}}",
        "Format-List",
        "fl *",
        "ConvertTo-Json",
        "ConvertTo-Json -Compress -Depth 0",
        "Out-String",
        "Out-Null",
        "Write-Output",
        "Write-Host",
        "Get-Date",
        "Retry-Queue -WhatIf",
        "Get-Message",
        "Select -Unique",
        "Select @{n='a'; e={$_}}",
        "New-TimeSpan"
    };

    private static final String[] TOKENS = {
        "if",
        "else",
        "elseif",
        "foreach",
        "for",
        "while",
        "do",
        "until",
        "switch",
        "try",
        "catch",
        "finally",
        "throw",
        "function",
        "filter",
        "param",
        "begin",
        "process",
        "end",
        "return",
        "break",
        "continue",
        "in",
        "default",
        "exit 3",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "@(",
        "@{",
        "$(",
        ";",
        "\n",
        ",",
        "|",
        "&",
        ".",
        "=",
        "+=",
        "++",
        "--",
        "+",
        "-",
        "*",
        "/",
        "%",
        "..",
        "::",
        "?",
        "??",
        ":",
        "!",
        "2>&1",
        "2>$null ", // with its blank: `2>$null*` would be a file called *
        "&&",
        "||",
        "-eq",
        "-is",
        "-as",
        "-f",
        "-split",
        "-join",
        "-band",
        "-not",
        "-x",
        "-ErrorAction",
        "Stop",
        "@x",
        "@'\na\n'@",
        "[int]",
        "[string]",
        "[PSCustomObject]",
        "[ordered]",
        "[math]",
        "[void]",
        "[Foo]",
        "$x",
        "$y",
        "$_",
        "$null",
        "$true",
        "$env:z",
        "$script:x",
        "$Error",
        "$?",
        "$args",
        "5",
        "1.5",
        "1d",
        "'a'",
        "\"b $x\"",
        "@()",
        "@{a=1}",
        "1..3",
        "{ $_ }",
        "a",
        "f",
        "f 1",
        "Get-Foo",
        "Write-Output",
        "% { $_ }",
        "Out-Null",
        "Select -First 1",
        ".Count",
        ".ToString()",
        "[0]",
        ".a",
        "`",
        "# c\n",
        "<# c #>"
    };

    /// Loops that never end are part of the language; these are let run for so many turns.
    private static final int ENOUGH_OUTPUT = 200;

    @Test
    void words_in_any_order_read_and_run_or_are_refused() throws IOException {
        List<Path> files = filesHere();
        try (Bench bench = new Bench().withTwoQueues()) {
            int ran = 0;
            for (long seed = 0; seed < 6_000; seed++) {
                Random random = new Random(seed);
                StringBuilder script = new StringBuilder();
                for (int i = random.nextInt(14); i >= 0; i--) {
                    script.append(any(random, TOKENS)).append(random.nextInt(4) == 0 ? "" : " ");
                }
                ran += runs(bench, script.toString(), "seed " + seed) ? 1 : 0;
            }
            assertTrue(ran > 250, "only " + ran + " scripts could be read");
        }
        assertEquals(files, filesHere());
    }

    /// In the working directory.
    private static List<Path> filesHere() throws IOException {
        try (Stream<Path> found = Files.list(Path.of(""))) {
            return found.sorted().toList();
        }
    }

    @Test
    void statements_within_statements_run_or_fail_in_order() throws IOException {
        try (Bench bench = new Bench().withTwoQueues()) {
            for (long seed = 0; seed < 2_000; seed++) {
                String script = statement(new Random(seed), 3);
                assertTrue(runs(bench, script, "seed " + seed), "seed " + seed + " does not read: " + script);
            }
        }
    }

    /// @return whether it could be read
    private static boolean runs(Bench bench, String script, String seed) {
        Bench.Said said = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> bench.runFor(script, ENOUGH_OUTPUT), () -> seed + ": " + script);
        assertFalse(said.err().contains("error inside the shell"), () -> seed + ": " + script + "\n" + said.err());
        return !said.err().contains("ParserError");
    }

    private static String statement(Random random, int depth) {
        if (depth == 0) {
            return switch (random.nextInt(8)) {
                case 0 -> "$x = " + value(random);
                case 1 -> "$x += " + value(random);
                case 2 -> "throw " + value(random);
                case 3 -> "break";
                case 4 -> "continue";
                case 5 -> "return " + value(random);
                case 6 -> value(random) + " | " + any(random, STAGES);
                default -> value(random);
            };
        }
        String a = statement(random, depth - 1);
        String b = statement(random, depth - 1);
        String c = value(random);
        return switch (random.nextInt(12)) {
            case 0 -> "if (" + c + ") { " + a + " } else { " + b + " }";
            case 1 -> "foreach ($i in " + c + ") { " + a + "; " + b + " }";
            case 2 -> "for ($i = 0; $i -lt 3; $i++) { " + a + " }";
            case 3 -> "$n = 0; while ($n++ -lt 2) { " + a + " }";
            case 4 -> "$n = 0; do { " + a + " } until ($n++ -gt 1)";
            case 5 -> "switch (" + c + ") { (" + value(random) + ") { " + a + " } default { " + b + " } }";
            case 6 -> "try { " + a + " } catch { " + b + " } finally { " + c + " }";
            case 7 -> "function f { param($p = 1) " + a + " }; f 2";
            case 8 -> "& { " + a + "; " + b + " } 2>&1 | Out-Null";
            case 9 -> "1..2 | ForEach-Object { " + a + " }";
            case 10 -> "$r = & { " + a + " }; $r";
            default -> a + "; " + b;
        };
    }

    @Test
    void no_combination_is_an_error_of_the_shell_itself() throws IOException {
        try (Bench bench = new Bench().withTwoQueues()) {
            for (long seed = 0; seed < 1_500; seed++) {
                Random random = new Random(seed);
                StringBuilder script = new StringBuilder("$x = 3; $q = Get-Queue; ");
                script.append(value(random));
                for (int i = random.nextInt(3); i > 0; i--) {
                    script.append(' ')
                            .append(any(random, OPERATORS))
                            .append(' ')
                            .append(value(random));
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    script.append(" | ").append(any(random, STAGES));
                }
                script.append("; 'alive'");
                Bench.Said said = bench.run(script.toString());
                String message = "seed " + seed + ": " + script + "\n" + said.err();
                assertFalse(said.err().contains("error inside the shell"), message);
                if (!said.err().contains("ParserError")) {
                    assertEquals("alive", said.out().strip().lines().toList().getLast(), message);
                }
            }
        }
    }

    private static String value(Random random) {
        String value = any(random, VALUES);
        return random.nextInt(3) == 0 ? "(" + value + ")" + any(random, MEMBERS) : value;
    }

    private static String any(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
