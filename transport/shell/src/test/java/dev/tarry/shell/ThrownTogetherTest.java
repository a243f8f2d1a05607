package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Random;
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
