package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Casts, static members, methods, formats, numbers and regular expressions.
final class TypesTest {
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
            [int]'42' + 1                                   ¦ 43
            [int]2.5; [int]3.5; [int]-2.5                   ¦ 2,4,-2
            [int]'0x1F'                                     ¦ 31
            [int]$true; [int]$null; [int]''                 ¦ 1,0,0
            [long]'9223372036854775807'                     ¦ 9223372036854775807
            [double]'1.5' * 2                               ¦ 3
            [decimal]'1.10' + 1                             ¦ 2.10
            1d / 3                                          ¦ 0.3333333333333333333333333333
            0.1d + 0.2d                                     ¦ 0.3
            [string]5 + 5                                   ¦ 55
            [string](1, 2)                                  ¦ 1 2
            [bool]'x'; [bool]''; [bool]0; [bool]'False'     ¦ True,False,False,True
            [char]65; [int][char]'a'                        ¦ A,97
            [datetime]'2026-01-02' -lt [datetime]'1/3/2026' ¦ True
            ([datetime]'2026-01-02').DayOfWeek              ¦ Friday
            ([timespan]'01:30:00').TotalMinutes             ¦ 90
            ([int[]]('1', '2'))[1] + 1                      ¦ 3
            ([string[]](1, 2))[0] + 'x'                     ¦ 1x
            ([array]'a').Count                              ¦ 1
            ([version]'1.10') -gt [version]'1.9'            ¦ True
            ([version]'5.1.2').Minor                        ¦ 1
            ([ipaddress]'8.8.8.8').AddressFamily            ¦ InterNetwork
            "$([ipaddress]'8.8.8.8')"                       ¦ 8.8.8.8
            "$([guid]'4520e633d83d411abbe46a84648674ee')"   ¦ ~4520e633-d83d-411a-bbe4-6a84648674ee~
            ([uri]'http://a.example:8025/x?y').Host         ¦ a.example
            $o = [PSCustomObject]@{B = 1; A = 2}; ($o | Select-Object * | % B) ¦ 1
            $o = [ordered]@{b = 1; a = 2}; $o.Keys -join ''; $o[0] ¦ ba,1
            5 -is [int]; 5 -is [string]; 5 -isnot [string]  ¦ True,False,True
            5.5 -is [double]; 'a' -is [string]; @() -is [array] ¦ True,True,True
            @{} -is [hashtable]; $null -is [object]         ¦ True,False
            '5' -as [int]; $null -eq ('x' -as [int])        ¦ 5,True
            (5).GetType().Name; (5.5).GetType().Name        ¦ Int32,Double
            'x'.GetType().FullName; @(1).GetType().Name     ¦ System.String,Object[]
            (Get-Date).GetType().Name; @{}.GetType().Name   ¦ DateTime,Hashtable
            [int]::MaxValue; [int]::MinValue                ¦ 2147483647,-2147483648
            [int]::MaxValue + 1                             ¦ 2147483648
            [long]::MaxValue                                ¦ 9223372036854775807
            [math]::Round(2.5); [math]::Round(3.5)          ¦ 2,4
            [math]::Round(3.14159, 2); [math]::Round(2.5, 0, 'AwayFromZero') ¦ 3.14,3
            [Math]::Max(3, 7); [Math]::Min(3, 7); [Math]::Abs(-5) ¦ 7,3,5
            [Math]::Floor(2.7); [Math]::Ceiling(2.1); [math]::Truncate(-2.7) ¦ 2,3,-2
            [Math]::Pow(2, 10); [Math]::Sqrt(9)             ¦ 1024,3
            [string]::IsNullOrEmpty(''); [string]::IsNullOrEmpty($null); [string]::IsNullOrEmpty('a') ¦ True,True,False
            [string]::IsNullOrWhiteSpace(' ')               ¦ True
            [string]::Join('-', 'a', 'b'); [string]::Join('-', @(1, 2)) ¦ a-b,1-2
            [string]::Format('{0}-{1}', 1, 2)               ¦ 1-2
            [Environment]::MachineName                      ¦ MAIL
            ([DateTime]::UtcNow - [DateTime]::Now).Duration().TotalSeconds -lt 5 ¦ True
            [DateTime]::Today.Hour                          ¦ 0
            [datetime]::Parse('1/2/2026').Day               ¦ 2
            [datetime]::ParseExact('02.01.2026', 'dd.MM.yyyy', $null).Month ¦ 1
            [TimeSpan]::FromMinutes(90).TotalHours          ¦ 1.5
            [TimeSpan]::Zero -eq [timespan]0                ¦ True
            [char]::IsDigit('5'); [char]::IsLetter('5')     ¦ True,False
            [regex]::Escape('a.b'); [regex]::Replace('aXb', 'X', '-') ¦ a\\.b,a-b
            ([regex]'\\d+').Match('a12b').Value             ¦ 12
            ([regex]::Matches('a1b22', '\\d+') | % Value) -join '+' ¦ 1+22
            ([regex]'(?<u>\\w+)@').Match('joe@x').Groups['u'].Value ¦ joe
            [Convert]::ToInt32('ff', 16)                    ¦ 255
            [datetime]::new(2026, 1, 2).Year                ¦ 2026
            $l = [System.Collections.ArrayList]@(); [void]$l.Add('a'); [void]$l.Add('b'); $l.Count ¦ 2
            $l = [System.Collections.Generic.List[string]]::new(); $l.Add('a') | Out-Null; $l.Insert(0, 'z'); "$l" ¦ z a
            $h = @{a = 1}; $h.Add('b', 2); $h.Remove('a'); $h.ContainsKey('b'); $h.Count ¦ True,1
            (@{a = 1; b = 2}.GetEnumerator() | % { "$($_.Key)=$($_.Value)" }) -join ',' ¦ a=1,b=2
            $h = @{a = 1; b = 2}; ($h['a', 'b']) -join ','  ¦ 1,2
            """)
    void types_do_what_they_do_in_power_shell(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err(), script);
        assertEquals(expected.replace("~", ""), said.text().replace("\n", ","), script);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            6 -band 3; 6 -bor 1; 6 -bxor 2; -bnot 5         ¦ 2,7,4,-6
            1 -shl 4; 256 -shr 4                            ¦ 16,16
            1 -eq 1 -band 1                                 ¦ 1
            0xFFFFFFFF; 0x10; 1TB; 5l                       ¦ -1,16,1099511627776,5
            -join ('a', 'b'); (-split ' a  b ').Count       ¦ ab,2
            ('a,b,c' -split ',', 2)[1]                      ¦ b,c
            ('a1b2' -split '\\d').Count                     ¦ 3
            ('a1b' -split '(\\d)') -join '|'                ¦ a|1|b
            'aXbxc' -csplit 'x'                             ¦ aXb,c
            'abc' -creplace 'B', 'x'; 'abc' -replace 'B', 'x' ¦ abc,axc
            'a.b' -replace '\\.', '\\'                      ¦ a\\b
            'joe@x.com' -replace '(?<u>.+)@(?<d>.+)', '${d}/${u}' ¦ x.com/joe
            'ab' -replace '(a)(b)', '$2$1 $$ $&'            ¦ ba $ ab
            'x' -replace 'x', '$9'                          ¦ $9
            'a1' -match '(?<my_name>\\d)'; $Matches.my_name ¦ True,1
            'ab12' -match '([a-z]+)(\\d+)' | Out-Null; "$($Matches[2])$($Matches[1])" ¦ 12ab
            'a{b' -match 'a{b'; '[x]' -match '^[[]x]$'      ¦ True,True
            'bcd' -match '^[a-z-[aeiou]]+$'; 'bad' -match '^[a-z-[aeiou]]+$' ¦ True,False
            'ABC' -cmatch 'abc'; 'ABC' -cne 'abc'; 'a' -clike 'A' ¦ False,True,False
            1, 2, 3 -ne 2                                   ¦ 1,3
            'a', 'b' -like 'a*'                             ¦ a
            'a', 'bb' -match 'b'                            ¦ bb
            3 -in 1..5; 9 -notin 1..5; 1..3 -contains 2     ¦ True,True,True
            "{0,-6}|{1,6}|" -f 'ab', 5                      ¦ ab    |     5|
            "{0:N2} {0:F1} {1:P1} {2:D4} {3:X}" -f 1234.567, 0.256, 42, 255 ¦ 1,234.57 1234.6 25.6% 0042 FF
            "{0:yyyy-MM-dd HH:mm}" -f [datetime]'2026-01-02 15:04' ¦ 2026-01-02 15:04
            "{{{0}}}" -f 1                                  ¦ {1}
            "{0:C} {1:E2} {0:R}" -f -1234.5, 1234           ¦ ($1,234.50) 1.23E+003 -1234.5
            "{0:hh\\:mm}" -f [timespan]'01:02:03'           ¦ 01:02
            $OFS = '-'; "$(1, 2)"; $a = 3, 4; "$a"          ¦ 1-2,3-4
            (Get-Date '1/2/2026 3:04 PM').ToString('yyyyMMdd-HHmm') ¦ 20260102-1504
            ([timespan]'1.02:03:04').ToString('dd\\.hh\\:mm') ¦ 01.02:03
            'a-b_c'.Split('-_').Count; 'abc'.Contains('B')  ¦ 3,False
            ' x '.Trim(); 'xxaxx'.Trim('x'); 'abc'.Remove(1) ¦ x,a,a
            'abc'.IndexOf('c'); 'abca'.LastIndexOf('a'); 'abc'.Insert(1, '-') ¦ 2,3,a-bc
            'ab'.PadLeft(4, '.'); 'ab'.PadRight(4) + '|'    ¦ ..ab,ab  |
            'Hello'.StartsWith('he'); 'Hello'.ToLower().EndsWith('lo') ¦ False,True
            'abc'[0]; 'abc'[-1]; 'abc'[0, 2] -join ''       ¦ a,c,ac
            'abc'.ToCharArray().Count                       ¦ 3
            (1, 2, 3).Contains(2); (1, 2, 3).IndexOf(3)     ¦ True,2
            (@{a = 5}, @{a = 6}).a                          ¦ 5,6
            @(1, 2) + 3, 4 | Measure-Object | % Count       ¦ 4
            $x = 1..5; $x[1..3] -join ''; $x[-2, -1] -join '' ¦ 234,45
            1..3 | % { $_ } | Where-Object { $_ -ne 2 }     ¦ 1,3
            $PSVersionTable.PSVersion.Major; $Host.Name     ¦ 5,tarry shell
            5 / 2; 6 / 2; 7 % 3; -7 % 3; 2 * 1.5            ¦ 2.5,3,1,-1,3
            10 -eq '10'; '10' -eq 10; 'a' -eq $null         ¦ True,True,False
            $false -eq 0; '' -eq $false; 1 -eq $true        ¦ True,False,True
            """)
    void operators_and_methods_do_what_they_do_in_power_shell(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err(), script);
        assertEquals(expected, said.text().replace("\n", ","), script);
    }

    @Test
    void identifiers_that_are_made_differ() {
        String[] two = bench.run("[guid]::NewGuid().ToString(); [guid]::NewGuid().ToString()")
                .text()
                .split("\n");
        assertNotEquals(two[0], two[1]);
        assertTrue(two[0].matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), two[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            [long]5 -is [int]                          ¦ False
            [long]5 -is [long]                         ¦ True
            [long]5 -isnot [int]                       ¦ True
            5 -is [int]                                ¦ True
            5l -is [int]                               ¦ False
            ([long]5).GetType().Name                   ¦ Int64
            $x = [long]5; $x -is [int]                 ¦ False
            $x = [long]5; $x.GetType().FullName        ¦ System.Int64
            $x = [long]5; $y = $x + 1; $y -is [int]    ¦ False
            $x = [long]5; $x = 5; $x -is [int]         ¦ True
            [long]$x = 5; $x = 6; $x -is [int]         ¦ False
            ('5' -as [long]) -is [int]                 ¦ False
            [int][long]5 -is [int]                     ¦ True
            """)
    void a_long_is_no_int_however_small_it_is(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(expected, said.text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            [datetime]::MaxValue.AddDays(1)        ¦ Exception calling "AddDays" with "1" argument(s): "The added or subtracted value results in an un-representable DateTime. Parameter name: value"
            [datetime]::MinValue.AddSeconds(-1)    ¦ Exception calling "AddSeconds" with "1" argument(s): "The added or subtracted value results in an un-representable DateTime.
            (Get-Date).AddYears(9000)              ¦ Exception calling "AddYears" with "1" argument(s): "The added or subtracted value results in an un-representable DateTime.
            [datetime]::MaxValue + [timespan]'1'   ¦ The added or subtracted value results in an un-representable DateTime.
            [datetime]::MinValue - [timespan]'1'   ¦ The added or subtracted value results in an un-representable DateTime.
            """)
    void a_moment_that_no_date_can_be_is_an_error(String script, String message) {
        Bench.Said said = bench.run("try { " + script + " } catch { \"$_\" }");
        assertEquals("", said.err());
        assertTrue(said.text().startsWith(message), said.text());
    }
}
