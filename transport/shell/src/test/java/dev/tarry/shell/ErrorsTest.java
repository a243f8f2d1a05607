package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Errors: how they print, who catches them, where they go.
final class ErrorsTest {
    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void a_command_that_is_not_there_is_said_as_power_shell_5_says_it() {
        assertEquals("""
                Get-Foo : The term 'Get-Foo' is not recognized as the name of a cmdlet, function, script file, or operable program.
                Check the spelling of the name, or if a path was included, verify that the path is correct and try again.
                At line:1 char:1
                + Get-Foo -x 1
                + ~~~~~~~
                    + CategoryInfo          : ObjectNotFound: (Get-Foo:String) [], CommandNotFoundException
                    + FullyQualifiedErrorId : CommandNotFoundException
                """, bench.run("Get-Foo -x 1").printed());
    }

    @Test
    void all_that_does_not_read_is_told_at_once_and_nothing_runs() {
        Bench.Said said = bench.run("'first'; $x $y\n1 + ;");
        assertEquals(1, said.code());
        assertEquals("", said.out());
        assertEquals("""
                At line:1 char:13
                + 'first'; $x $y
                +             ~~
                Unexpected token '$y' in expression or statement.
                At line:2 char:4
                + 1 + ;
                +    ~
                You must provide a value expression following the '+' operator.
                    + CategoryInfo          : ParserError: (:) [], ParentContainsErrorRecordException
                    + FullyQualifiedErrorId : UnexpectedToken
                """, said.err());
        String many = bench.run("$x $y\n".repeat(11)).err();
        assertTrue(
                many.contains("\nNot all parse errors were reported.  Correct the reported errors and try again.\n"
                        + "    + CategoryInfo "),
                many);
    }

    @Test
    void what_is_too_long_for_a_line_goes_on_at_a_blank_and_category_and_id_anywhere() {
        String word = "x".repeat(130);
        Bench.Said said =
                bench.run("Write-Error -Message 'one " + word + " two' -ErrorId '" + word + "' -TargetObject 1");
        assertEquals(
                """
                Write-Error : one
                %1$s
                %2$s two
                At line:1 char:1
                + Write-Error -Message 'one xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ...
                + ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                    + CategoryInfo          : NotSpecified: (1:String) [Write-Error], WriteErrorException
                    + FullyQualifiedErrorId : %3$s
                   %4$s
                """.formatted("x".repeat(119), "x".repeat(11), "x".repeat(89), "x".repeat(41) + ",Write-Error"),
                said.printed());
    }

    @Test
    void of_a_long_line_only_what_is_around_the_error_is_shown() {
        String padding = "'" + "p".repeat(100) + "'; ";
        assertTrue(
                bench.run(padding + "1/0; " + padding).printed().contains("""
                        At line:1 char:105
                        + ... pppppppppppppppppppppppppppppp'; 1/0; 'pppppppppppppppppppppppppppppp ...
                        +                                      ~~~
                        """),
                bench.run(padding + "1/0; " + padding).printed());
        assertTrue(
                bench.run(padding + "1/0").printed().contains("""
                        At line:1 char:105
                        + ... ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp'; 1/0
                        +                                                                       ~~~
                        """),
                bench.run(padding + "1/0").printed());
    }

    @Test
    void an_error_among_output_is_as_wide_as_the_screen_too() {
        String shown = bench.run("Write-Error ('word ' * 40) 2>&1").out();
        assertTrue(shown.startsWith("Write-Error : word word "), shown);
        assertTrue(shown.lines().allMatch(line -> line.length() < 120), shown);
    }

    @Test
    void what_is_thrown_prints_its_text() {
        assertEquals("""
                boom
                At line:1 char:1
                + throw "boom"
                + ~~~~~~~~~~~~
                    + CategoryInfo          : OperationStopped: (boom:String) [], RuntimeException
                    + FullyQualifiedErrorId : boom
                """, bench.run("throw \"boom\"").err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            1/0                       ¦ 1  ¦ NotSpecified: (:) [], RuntimeException     ¦ RuntimeException ¦ Attempted to divide by zero.
            [int]'abc'                ¦ 1  ¦ InvalidArgument: (:) [], RuntimeException  ¦ InvalidCastFromStringToInteger ¦ Cannot convert value "abc" to type "System.Int32". Error: "Input string was not in a correct format."
            [int]3000000000           ¦ 1  ¦ InvalidArgument: (:) [], RuntimeException  ¦ InvalidCastFromStringToInteger ¦ Cannot convert the "3000000000" value of type "System.Int64" to type "System.Int32". Error: "Value was either too large or too small for an Int32."
            [datetime]'foo'           ¦ 1  ¦ InvalidArgument: (:) [], RuntimeException  ¦ InvalidCastParseTargetInvocation ¦ Cannot convert value "foo" to type "System.DateTime". Error: "The string was not recognized as a valid DateTime. There is an unknown word starting at index 0."
            $null.Foo()               ¦ 1  ¦ InvalidOperation: (:) [], RuntimeException ¦ InvokeMethodOnNull ¦ You cannot call a method on a null-valued expression.
            'a'.Foo()                 ¦ 1  ¦ InvalidOperation: (Foo:String) [], RuntimeException ¦ MethodNotFound ¦ Method invocation failed because [System.String] does not contain a method named 'Foo'
            $none[0]                  ¦ 1  ¦ InvalidOperation: (:) [], RuntimeException ¦ NullArray ¦ Cannot index into a null array.
            $a = 1, 2; $a[5] = 1      ¦ 12 ¦ OperationStopped: (:) [], IndexOutOfRangeException ¦ System.IndexOutOfRangeException ¦ Index was outside the bounds of the array.
            'abc'.Substring(5)        ¦ 1  ¦ NotSpecified: (:) [], MethodInvocationException ¦ ArgumentOutOfRangeException ¦ Exception calling "Substring" with "1" argument(s): "startIndex cannot be larger than length of string. Parameter name: startIndex"
            $x = [PSCustomObject]@{A=1}; $x.B = 2 ¦ 30 ¦ NotSpecified: (:) [], SetValueInvocationException ¦ ExceptionWhenSetting ¦ Exception setting "B": "The property 'B' cannot be found on this object. Verify that the property exists and can be set."
            [Foo.Bar]::Baz()          ¦ 1  ¦ InvalidOperation: (Foo.Bar:String) [], RuntimeException ¦ TypeNotFound ¦ Unable to find type [Foo.Bar]: it is outside the part of PowerShell that tarry speaks.
            [xml]'<a/>'               ¦ 1  ¦ InvalidOperation: (xml:String) [], RuntimeException ¦ TypeNotFound ¦ Unable to find type [xml]: it is outside the part of PowerShell that tarry speaks.
            [Math]::Sinh(1)           ¦ 1  ¦ NotImplemented: (:) [], NotSupportedException ¦ NotSupportedByThisShell ¦ The static method [System.Math]::Sinh() is outside the part of PowerShell that tarry speaks.
            [Math]::Tau               ¦ 1  ¦ NotImplemented: (:) [], NotSupportedException ¦ NotSupportedByThisShell ¦ The static member [System.Math]::Tau is outside the part of PowerShell that tarry speaks.
            $x = @{a=1}; $x + 5       ¦ 14 ¦ InvalidOperation: (:) [], RuntimeException ¦ MethodNotFound ¦ Method invocation failed because [System.Collections.Hashtable] does not contain a method named 'op_Addition'.
            & 5                       ¦ 3  ¦ InvalidOperation: (5:String) [], RuntimeException ¦ BadExpression ¦ The expression after '&' in a pipeline element produced an object that was not valid.
            'a' -match '('            ¦ 1  ¦ InvalidOperation: (:) [], ArgumentException ¦ System.ArgumentException ¦ parsing "(" -
            [int]$n = 'x'             ¦ 1  ¦ MetadataError: (:) [], ArgumentTransformationMetadataException ¦ RuntimeException ¦ Cannot convert value "x" to type "System.Int32".
            try { 1/0 } catch [Foo] { } ¦ 19 ¦ InvalidOperation: (:) [], RuntimeException ¦ TypeNotFound ¦ Unable to find type [Foo]: it is outside
            $true = 1                 ¦ 1  ¦ WriteError: (true:String) [], SessionStateUnauthorizedAccessException ¦ VariableNotWritable ¦ Cannot overwrite variable true because it is read-only or constant.
            """)
    void errors_have_power_shells_place_category_and_id(
            String script, int column, String category, String errorId, String message) {
        Bench.Said said = bench.run(script);
        assertEquals(1, said.code(), said.err());
        assertTrue(said.err().startsWith(message), said.err());
        assertTrue(said.err().contains("\nAt line:1 char:" + column + "\n+ " + script + "\n"), said.err());
        assertTrue(said.err().contains("    + CategoryInfo          : " + category + "\n"), said.err());
        assertTrue(said.err().endsWith("    + FullyQualifiedErrorId : " + errorId + "\n"), said.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            try { throw 'x' } catch { "c $_" }                                  ¦ c x
            try { 1/0; 'never' } catch { $_.Exception.Message }                 ¦ Attempted to divide by zero.
            try { Get-Foo } catch { $_.FullyQualifiedErrorId }                  ¦ CommandNotFoundException
            try { Get-Foo } catch { $_.CategoryInfo.Category; $_.CategoryInfo.TargetName } ¦ ObjectNotFound,Get-Foo
            try { Get-Foo } catch { $_.InvocationInfo.ScriptLineNumber; $_.InvocationInfo.OffsetInLine } ¦ 1,7
            try { Get-Foo } catch { $_.Exception.GetType().FullName }           ¦ System.Management.Automation.CommandNotFoundException
            try { throw 'x' } catch { 'c' } finally { 'f' }                     ¦ c,f
            try { 'b' } catch { 'c' } finally { 'f' }                           ¦ b,f
            try { 1/0 } catch [System.DivideByZeroException] { 'd' } catch { 'o' } ¦ d
            try { 1/0 } catch [System.IO.IOException] { 'io' } catch { 'o' }    ¦ o
            try { 1/0 } catch [System.IO.IOException], [System.Exception] { 'any' } ¦ any
            try { Get-Foo } catch [System.Management.Automation.CommandNotFoundException] { 'nf' } ¦ nf
            try { Get-Foo } catch [System.Management.Automation.RuntimeException] { 'rt' } ¦ rt
            try { 'x'.Substring(9) } catch [System.ArgumentOutOfRangeException] { 'range' } ¦ range
            try { try { throw 'in' } catch { throw "out of $_" } } catch { "$_" } ¦ out of in
            try { try { throw 'in' } catch { throw } } catch { "again $_" }     ¦ again in
            try { try { throw 'in' } finally { 'f' } } catch { "c $_" }         ¦ f,c in
            try { try { throw 'in' } catch [System.IO.IOException] { 'no' } } catch { "c $_" } ¦ c in
            function f { throw 'deep' }; try { f } catch { "c $_" }             ¦ c deep
            function f { 1/0; 'goes on' }; try { f } catch { 'caught' }         ¦ caught
            try { 1..3 | % { if ($_ -eq 2) { throw 'at 2' }; $_ } } catch { "$_" } ¦ 1,at 2
            $x = try { throw 'v' } catch { 'instead' }; $x                      ¦ instead
            foreach ($i in 1..3) { try { if ($i -eq 2) { continue }; $i } finally { "f$i" } } ¦ 1,f1,f2,3,f3
            function f { try { return 1 } finally { 'f' } }; f                  ¦ 1,f
            try { throw @{a = 5} } catch { $_.TargetObject.a }                  ¦ 5
            try { throw 'x' } catch { }; $Error.Count; $Error[0].Exception.Message ¦ 1,x
            $ErrorActionPreference = 'Stop'; try { 1/0 } catch { 's' }          ¦ s
            Get-NetFirewallRule -ea 0; $?                                       ¦ False
            Get-NetFirewallRule -ErrorAction Ignore; $Error.Count               ¦ 0
            Get-NetFirewallRule -ea SilentlyContinue -ErrorVariable e; $e.Count ¦ 1
            try { Get-NetFirewallRule -ErrorAction Stop } catch { 'stopped' }   ¦ stopped
            $ErrorActionPreference = 'SilentlyContinue'; 1/0; Get-Foo; 'quiet'  ¦ quiet
            1/0 2>$null; 'after'                                                ¦ after
            Get-NetFirewallRule 2>$null; 'after'                                ¦ after
            nosuch 2>$null; 'after'                                             ¦ after
            1 | nosuch -x 2>$null; 'after'                                      ¦ after
            $x = nosuch 2>$null; $?                                             ¦ False
            Get-NetFirewallRule -NoSuch 2>$null; 'after'                        ¦ after
            (nosuch 2>&1).FullyQualifiedErrorId                                 ¦ CommandNotFoundException
            try { nosuch 2>$null } catch { 'caught' }                           ¦ caught
            (Get-NetFirewallRule 2>&1).Exception.GetType().Name                 ¦ ServerException
            & { Get-NetFirewallRule; Get-NetFirewallRule } 2>&1 | % { 'e' }     ¦ e,e
            & { [CmdletBinding()] param() Get-NetFirewallRule; 'on' } -ErrorAction SilentlyContinue ¦ on
            1..3 | % { $_ } -OutVariable o | Out-Null; "$o"                     ¦ 1 2 3
            1..2 | % { $_ * 10 } -PipelineVariable p | % { "$p/$_" }            ¦ 10/10,20/20
            'quiet' > $null; 'said'                                             ¦ said
            """)
    void errors_are_caught_silenced_and_sent_elsewhere(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err(), script);
        assertEquals(expected, said.text().replace("\n", ","), script);
    }

    @Test
    void an_error_that_is_no_end_is_not_caught() {
        Bench.Said said = bench.run("try { Get-NetFirewallRule; 'goes on' } catch { 'caught' }");
        assertEquals("goes on\n", said.out());
        assertTrue(said.err().contains("Get-NetFirewallRule"), said.err());
    }

    @Test
    void throw_ends_the_script_through_all_that_called() {
        Bench.Said said = bench.run("function f { throw 'x' }; 1..2 | % { f }; 'never'");
        assertEquals("", said.out());
        assertEquals(1, said.code());
    }

    @Test
    void a_script_whose_errors_are_caught_has_not_failed() {
        assertEquals(0, bench.run("try { throw 'x' } catch { 'c' }").code());
    }

    @Test
    void output_and_errors_go_into_files() throws IOException {
        String out = folder.resolve("out.txt").toString();
        String err = folder.resolve("err.txt").toString();
        String all = folder.resolve("all.txt").toString();
        Bench.Said said = bench.run("$o = '" + out + "'; 'one' > $o; 'two' >> $o; Get-NetFirewallRule 2> '" + err
                + "'; & { 'text'; Get-Foo; 'more' } *> '" + all + "'; 1..2 > \"$o.n\"");
        assertEquals("", said.out() + said.err());
        assertEquals("one\ntwo\n", read(out));
        assertTrue(read(err).startsWith("Get-NetFirewallRule : "), read(err));
        assertTrue(read(all).startsWith("text\nGet-Foo : The term 'Get-Foo' is not recognized"), read(all));
        assertTrue(read(all).endsWith("more\n"), read(all));
        assertEquals("1\n2\n", read(out + ".n"));
    }

    @Test
    void a_file_that_cannot_be_written_is_an_error_and_nothing_runs() {
        Bench.Said said = bench.run("Write-Host 'ran' > '" + folder.resolve("no/such/x.txt") + "'; 'after'");
        assertEquals("after\n", said.out());
        assertTrue(said.err().contains("FileOpenFailure"), said.err());
    }

    @Test
    void scripts_in_files_are_called_and_dot_sourced() throws IOException {
        Path lib = folder.resolve("lib.ps1");
        Files.writeString(
                lib, "param($who = 'you')\nfunction Say { \"hello $args\" }\n$made = 1\n\"in $who\"\nexit 3\n");
        Bench.Said called = bench.run("& '" + lib + "' -who me; \"$made|$LASTEXITCODE\"");
        assertEquals("in me\n|3\n", called.out());
        assertEquals("", called.err());
        Bench.Said dotted = bench.run(". '" + lib + "'; $made; Say it");
        assertEquals("in you\n1\nhello it\n", dotted.out());
        Bench.Said gone = bench.run("& './no-such.ps1'");
        assertTrue(gone.err().contains("The term './no-such.ps1' is not recognized"), gone.err());
    }

    @Test
    void a_script_file_that_does_not_read_is_an_error_that_names_it() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.ps1"), "'fine'\n1 +\n");
        Bench.Said said = bench.run("& '" + bad + "'; 'after'");
        assertEquals("after\n", said.out());
        assertTrue(said.err().contains("At " + bad + ":2 char:4"), said.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$_", "$_$_$_$_"})
    void a_replacement_that_would_fill_the_memory_ends_as_an_error(String replacement) {
        Bench.Said said = bench.run("$t = 'x' * 1000000; $t -replace 'x', '" + replacement + "'; 'after'");
        assertTrue(said.err().contains("More than 100000000 characters would come of this replacement."), said.err());
        assertEquals("after\n", said.out());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_that_does_not_take_it_all_is_told_of() {
        Bench.Said said = bench.run("'x' > /dev/full; 'after'");
        assertTrue(
                said.err().contains("The file '/dev/full' does not hold everything that was to be written to it."),
                said.err());
        assertEquals("after\n", said.out());
        said = bench.run("Write-Output x > /dev/full | Out-Null; 'after'");
        assertTrue(said.err().contains("'/dev/full' does not hold everything"), said.err());
    }

    @Test
    void an_expression_that_would_take_for_ever_ends_as_an_error() {
        Bench.Said said = bench.run("('a' * 40 + '!') -match '^(a|aa)+$'; 'alive'");
        assertTrue(said.err().contains("takes too long") || said.out().startsWith("False"), said.err());
        assertTrue(said.out().endsWith("alive\n"), said.out());
    }

    @Test
    void warnings_follow_their_preference() {
        bench.server.json("GET /api/v1/queues", 200, Bench.TWO_QUEUES);
        assertTrue(bench.run("Get-Queue MAIL\\99 | Out-Null").err().startsWith("WARNING: "));
        assertEquals(
                "",
                bench.run("Get-Queue MAIL\\99 -WarningAction SilentlyContinue | Out-Null")
                        .err());
        assertEquals(
                "",
                bench.run("$WarningPreference = 'SilentlyContinue'; Get-Queue MAIL\\99 | Out-Null")
                        .err());
        assertEquals(
                "1\n",
                bench.run("Get-Queue MAIL\\99 -wa 0 -WarningVariable w | Out-Null; $w.Count")
                        .out());
        Bench.Said redirected = bench.run("(Get-Queue MAIL\\99 3>&1)[0]");
        assertEquals("", redirected.err());
        assertFalse(redirected.out().isEmpty());
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
