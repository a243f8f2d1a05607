package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statements that choose, repeat, define and leave: what a script puts out, its lines joined by commas.
final class StatementsTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void gives(String script, String expected) {
        Bench.Said said = bench.run(script.replace("⏎", "\n"));
        assertEquals("", said.err(), script);
        assertEquals(expected, said.text().replace("\n", ","), script);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            if (1 -eq 1) { 'a' } else { 'b' }                                   ¦ a
            if ($null) { 'a' } elseif (0) { 'b' } else { 'c' }                  ¦ c
            if ('') { 'a' } elseif ('x') { 'b' } else { 'c' }                   ¦ b
            if (@()) { 'a' } else { 'b' }                                       ¦ b
            if (@(0)) { 'a' } else { 'b' }                                      ¦ b
            if (@(0, 0)) { 'a' } else { 'b' }                                   ¦ a
            if ($x = 5) { "x$x" }                                               ¦ x5
            if ($false) { 1 }⏎else { 2 }                                        ¦ 2
            $y = if (1) { 'T' } else { 'F' }; $y                                ¦ T
            foreach ($i in 1..3) { $i * 2 }                                     ¦ 2,4,6
            foreach ($i in 'a') { $i }; $i                                      ¦ a,a
            foreach ($i in $null) { 'never' }; 'end'                            ¦ end
            foreach ($i in @()) { 'never' }; 'end'                              ¦ end
            foreach ($i in 1..5) { if ($i -eq 2) { continue }; if ($i -eq 4) { break }; $i } ¦ 1,3
            $all = foreach ($i in 1..3) { $i }; $all.Count                      ¦ 3
            for ($i = 0; $i -lt 3; $i++) { $i }                                 ¦ 0,1,2
            for (;;) { 'once'; break }                                          ¦ once
            for ($i = 5; $i -gt 0; $i -= 2) { $i }                              ¦ 5,3,1
            $i = 0; while ($i -lt 3) { $i++; $i }                               ¦ 1,2,3
            $i = 0; while ($true) { if (++$i -gt 2) { break }; $i }             ¦ 1,2
            $i = 5; do { $i } while ($i++ -lt 7)                                ¦ 5,6,7
            $i = 5; do { $i++; $i } until ($i -ge 7)                            ¦ 6,7
            do { 'once' } while ($false)                                        ¦ once
            :out foreach ($i in 1..3) { foreach ($j in 1..3) { if ($j -eq 2) { continue out }; "$i$j" } } ¦ 11,21,31
            :out foreach ($i in 1..3) { while ($true) { break out } }; 'end'    ¦ end
            switch (2) { 1 { 'one' } 2 { 'two' } 3 { 'three' } }                ¦ two
            switch ('RETRY') { Retry { 'r' } default { 'd' } }                  ¦ r
            switch -CaseSensitive ('RETRY') { Retry { 'r' } default { 'd' } }   ¦ d
            switch (1) { 1 { 'a' } 1 { 'b' } }                                  ¦ a,b
            switch (1) { 1 { 'a'; break } 1 { 'b' } }                           ¦ a
            switch (1..3) { 2 { 'two'; continue } default { "n$_" } }           ¦ n1,two,n3
            switch (1..3) { 2 { break } default { $_ } }                        ¦ 1
            switch -Wildcard ('gmail.com') { '*.com' { 'com' } 'g*' { 'g' } '*.org' { 'org' } } ¦ com,g
            switch -Regex ('a1') { '^a(\\d)$' { $Matches[1] } }                 ¦ 1
            switch (7) { { $_ -gt 5 } { 'big' } { $_ -lt 5 } { 'small' } }      ¦ big
            switch ($null) { default { 'd' } }                                  ¦ d
            switch (@()) { default { 'd' } }; 'end'                             ¦ end
            $x = switch (1) { 1 { 'v' } }; $x                                   ¦ v
            switch ('a') { 'b' { 1 } }; 'end'                                   ¦ end
            $x = 1; $x += 2; $x -= 1; $x *= 6; $x /= 4; $x %= 2; $x             ¦ 1
            $a, $b = 1, 2; $a, $b = $b, $a; "$a$b"                              ¦ 21
            $a, $b = 1, 2, 3; "$b"                                              ¦ 2 3
            $a, $b, $c = 1, 2; "$a$b$c|"                                        ¦ 12|
            $a = 1, 2, 3; $a[1] = 9; $a[-1]++; "$a"                             ¦ 1 9 4
            $b = $a = 1, 2; $b[0] = 7; "$a"                                     ¦ 7 2
            $h = @{}; $h.a = 1; $h['b'] = 2; $h.a += 5; "$($h.a)$($h.b)"        ¦ 62
            $h = @{}; 'x','y','x' | % { $h[$_]++ }; $h.x                        ¦ 2
            $o = [PSCustomObject]@{A = 1}; $o.A = 5; $o.a++; $o.A               ¦ 6
            $i = 5; $j = $i++; $k = ++$i; "$i$j$k"                              ¦ 757
            $i = 1; $i++; ++$i; $i                                              ¦ 3
            ($i = 5)                                                            ¦ 5
            [int]$n = '5'; $n = '7'; $n + 1                                     ¦ 8
            $env:NEW = 'v'; "$env:new"; $env:NEW = ''; "[$env:NEW]"             ¦ v,[]
            $x ??= 5; $x ??= 6; $x                                              ¦ 5
            $null ?? 'd'; 'x' ?? 'd'                                            ¦ d,x
            5 -gt 3 ? 'y' : 'n'                                                 ¦ y
            'a' && 'b'                                                          ¦ a,b
            'a' || 'b'                                                          ¦ a
            1..4⏎  | Where-Object { $_ -gt 2 }⏎  | Select-Object -First 1       ¦ 3
            @'⏎raw $x 'q'⏎'@                                                    ¦ raw $x 'q'
            $x = 3; @"⏎"$x" $(1 + 1)⏎b⏎"@                                       ¦ "3" 2,b
            "a`u{41}b"                                                          ¦ aAb
            1; return 2; 3                                                      ¦ 1,2
            1..3 | % { if ($_ -eq 2) { return }; $_ }                           ¦ 1,3
            1..3 | % { if ($_ -eq 2) { break }; $_ }; 'never'                   ¦ 1
            foreach ($i in 1..2) { 1..3 | % { if ($_ -eq 2) { break }; "$i$_" } } ¦ 11
            param($x = 4) $x                                                    ¦ 4
            begin { 'b' } end { 'e' }                                           ¦ b,e
            $x = 'outer'; & { $x = 'inner'; $x }; $x                            ¦ inner,outer
            $x = 'outer'; . { $x = 'inner' }; $x                                ¦ inner
            $x = 1; & { $global:x = 2 }; $x                                     ¦ 2
            $x = 1; & { $script:x++ }; $x                                       ¦ 2
            & { $x = 5; & { $x } }                                              ¦ 5
            & { param($a, $b) "$a-$b" } 1 2                                     ¦ 1-2
            & { "$args" } 1 2                                                   ¦ 1 2
            $b = { param($x) $x * 2 }; & $b 4                                   ¦ 8
            $b = { param($x) $x * 2 }; $b.Invoke(4)                             ¦ 8
            $c = 'Write-Output'; & $c 'hi'                                      ¦ hi
            (1..6).Where({ $_ % 2 })                                            ¦ 1,3,5
            (1..6).Where({ $_ -gt 2 }, 'First')                                 ¦ 3
            (1..3).ForEach({ $_ * 10 })                                         ¦ 10,20,30
            ('a','bb').ForEach('Length')                                        ¦ 1,2
            $p = @{ First = 2 }; 1..5 | Select-Object @p                        ¦ 1,2
            $p = 'a', 'b'; Write-Output @p                                      ¦ a,b
            $? ; 1/1 | Out-Null; $?                                             ¦ True,True
            """)
    void statements_do_what_they_do_in_power_shell(String script, String expected) {
        gives(script, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            function f { 'x' }; f                                               ¦ x
            function f($a, $b = 5) { "$a-$b" }; f 1; f 1 2; f -b 3              ¦ 1-5,1-2,-3
            function f { param([int]$a, [string]$b) $a + 1; $b.Length }; f '4' 123 ¦ 5,3
            function f { param([switch]$s) "$s" }; f; f -s; f -s:$false         ¦ False,True,False
            function f { "$args|$($args.Count)" }; f a b c; f                   ¦ a b c|3,|0
            function f { param($a) "$a|$args" }; f 1 2 3                        ¦ 1|2 3
            function f { $args[1] }; f -x 5                                     ¦ 5
            function f { return 1; 2 }; f                                       ¦ 1
            function f { 1; return }; f                                         ¦ 1
            function f { foreach ($i in 1..5) { if ($i -eq 3) { return $i } } }; f ¦ 3
            function f { $input.Count }; 1..4 | f                               ¦ 4
            function f { begin { 'b' } process { "p$_" } end { 'e' } }; 1, 2 | f ¦ b,p1,p2,e
            function f { process { $_ * 2 } }; 1..3 | f                         ¦ 2,4,6
            filter dbl { $_ * 2 }; 1..3 | dbl                                   ¦ 2,4,6
            function f { param([Parameter(ValueFromPipeline)]$v) process { "v$v" } }; 1, 2 | f; f 3 ¦ v1,v2,v3
            function f { param([Parameter(ValueFromPipelineByPropertyName)]$Name) process { $Name } }; [PSCustomObject]@{Name='n'} | f ¦ n
            function f { param([Alias('n')]$Name) $Name }; f -n x               ¦ x
            function f { param($Path, $Filter) "$Path,$Filter" }; f -p 1 -fi 2  ¦ 1,2
            function f { param([Parameter(Position=1)]$a, [Parameter(Position=0)]$b) "$a$b" }; f 1 2 ¦ 21
            function f { param([Parameter(ValueFromRemainingArguments)]$r) $r.Count }; f 1 2 3 ¦ 3
            function f { param($a = $(1 + 1), $b = $a * 2) $b }; f              ¦ 4
            function f { $x = 'in' }; $x = 'out'; f; $x                         ¦ out
            function f { $global:x = 'in' }; $x = 'out'; f; $x                  ¦ in
            function f { $x }; $x = 'seen'; f                                   ¦ seen
            function f { function g { 'g' }; g }; f                             ¦ g
            function f { if ($args[0] -le 1) { 1 } else { $args[0] * (f ($args[0] - 1)) } }; f 10 ¦ 3628800
            function f { param($x) $PSBoundParameters.Keys -join ',' }; f -x 1  ¦ x
            function f { $MyInvocation.MyCommand.Name }; f                      ¦ f
            function Get-It { [CmdletBinding()] param([ValidateSet('a','b')]$x = 'a') $x }; Get-It; Get-It -x B ¦ a,B
            function Set-It { [CmdletBinding(SupportsShouldProcess)] param($n) if ($PSCmdlet.ShouldProcess($n, 'Set')) { "set $n" } }; Set-It a; Set-It b -WhatIf ¦ set a,What if: Performing the operation "Set" on target "b".
            function f { 1..10 }; f | Select-Object -First 2                    ¦ 1,2
            function f { process { Write-Host "in $_"; $_ } }; 1..5 | f | Select-Object -First 2 ¦ in 1,1,in 2,2
            function f { [CmdletBinding()] param() Get-Foo; 'after' }; f -ErrorAction SilentlyContinue ¦ after
            function f { param([int]$n = 3) $n = '7'; $n + 1 }; f               ¦ 8
            """)
    void functions_take_what_power_shells_take(String script, String expected) {
        gives(script, expected);
    }

    @Test
    void what_a_function_puts_out_goes_on_at_once() {
        Bench.Said said = bench.run("function f { 'a'; Write-Host 'between'; 'b' }; f | % { Write-Host \"got $_\" }");
        assertEquals("got a\nbetween\ngot b\n", said.out());
    }

    @Test
    void a_block_downstream_of_a_function_keeps_its_own_scope() {
        Bench.Said said = bench.run("$n = 0; function f { $n = 100; 1..3 }; f | % { $n += $_ }; $n");
        assertEquals("6\n", said.out());
    }

    @Test
    void a_recursion_without_end_is_an_error() {
        Bench.Said said = bench.run("function f { f }; f; 'alive'");
        assertTrue(said.err().contains("call depth overflow"), said.err());
        assertEquals("alive\n", said.out());
    }
}
