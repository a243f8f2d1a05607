package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Set-StrictMode: what is nothing otherwise is an error.
final class StrictModeTest {
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
            1.0    ¦ $x                          ¦ VariableIsUndefined
            1.0    ¦ $global:x + 1               ¦ VariableIsUndefined
            1.0    ¦ $x += 1                     ¦ VariableIsUndefined
            1.0    ¦ Out-Null -InputObject $x    ¦ VariableIsUndefined
            2.0    ¦ "a $x"                      ¦ VariableIsUndefined
            2.0    ¦ 'a'.Foo                     ¦ PropertyNotFoundStrict
            2.0    ¦ (5).Count                   ¦ PropertyNotFoundStrict
            2.0    ¦ $null.Foo                   ¦ PropertyNotFoundStrict
            2.0    ¦ @{a=1}.b                    ¦ PropertyNotFoundStrict
            2.0    ¦ ([PSCustomObject]@{a=1}).b  ¦ PropertyNotFoundStrict
            2      ¦ (1, 2).Foo                  ¦ PropertyNotFoundStrict
            3.0    ¦ (1, 2)[2]                   ¦ System.IndexOutOfRangeException
            Latest ¦ (1, 2)[-3]                  ¦ System.IndexOutOfRangeException
            latest ¦ 'ab'[5]                     ¦ System.IndexOutOfRangeException
            5.1    ¦ function f { $y }; f        ¦ VariableIsUndefined
            """)
    void strict_mode_makes_errors_of_what_is_not_there(String version, String script, String errorId) {
        Bench.Said loose = bench.run(script);
        assertEquals("", loose.err(), script);
        Bench.Said strict = bench.run("Set-StrictMode -Version " + version + "; " + script + "; 'after'");
        assertTrue(strict.err().contains("    + FullyQualifiedErrorId : " + errorId + "\n"), strict.err());
        assertEquals("after", strict.text());
        assertEquals(
                "",
                bench.run("Set-StrictMode -Version 3.0; Set-StrictMode -Off; " + script)
                        .err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            $x = $null; "[$x]"                                  ¦ []
            $Error.Count; $?                                    ¦ 0,True
            1, 2 | % { $_ + 1 }                                 ¦ 2,3
            $x ??= 4; $x ?? 5                                   ¦ 4
            $h = @{a=1}; $h['b']; $h.a; $h.Count; "$($h.Keys)"  ¦ 1,1,a
            'abc'.Length; (1, 2).Count; (1, 2)[-1]              ¦ 3,2,2
            ([PSCustomObject]@{a=$null}).a; 'x'                 ¦ x
            try { 1/0 } catch { $_.Exception.Message; $_.TargetObject } ¦ Attempted to divide by zero.
            & { Set-StrictMode -Off; $x }; 'x'                  ¦ x
            function f($a) { "[$a]" }; f                        ¦ []
            'abc' -match 'b' | Out-Null; $Matches[0]            ¦ b
            ([PSCustomObject]@{a=1}), ([PSCustomObject]@{a=2}) | % { $_.a } ¦ 1,2
            @([PSCustomObject]@{a=1}).a                         ¦ 1
            (Get-Date '2026-01-02').Year                        ¦ 2026
            """)
    void what_is_there_is_no_error_in_strict_mode(String script, String expected) {
        Bench.Said said = bench.run("Set-StrictMode -Version Latest; " + script);
        assertEquals("", said.err(), script);
        assertEquals(expected, said.text().replace("\n", ","), script);
    }

    @Test
    void it_ends_with_the_scope_that_asked_for_it() {
        Bench.Said said =
                bench.run("function f { Set-StrictMode -Version 1; g }; function g { $x; 'in' }; f; $x; 'out'");
        assertEquals("in\nout", said.text());
        assertEquals(1, said.err().split("VariableIsUndefined", -1).length - 1, said.err());
    }

    @Test
    void it_says_what_and_where_as_power_shell_does() {
        assertEquals("""
                The variable '$nobody' cannot be retrieved because it has not been set.
                At line:1 char:35
                + Set-StrictMode -Version Latest; 1+$nobody
                +                                   ~~~~~~~
                    + CategoryInfo          : InvalidOperation: (nobody:String) [], RuntimeException
                    + FullyQualifiedErrorId : VariableIsUndefined
                """, bench.run("Set-StrictMode -Version Latest; 1+$nobody").err());
    }

    @Test
    void a_version_that_is_none_is_refused() {
        assertTrue(bench.run("Set-StrictMode -Version 9").err().contains("on parameter 'Version'"));
        assertTrue(bench.run("Set-StrictMode").err().contains("Parameter set cannot be resolved"));
        assertTrue(bench.run("Set-StrictMode -Off -Version 2").err().contains("Parameter set cannot be resolved"));
    }
}
