package dev.tarry.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ParserTest {
    static List<String> readable() {
        return List.of(
                "",
                "# only a comment",
                "<# a block\nof comment #> Get-Queue",
                "Get-TransportService $env:COMPUTERNAME |\nSelect-Object Name, ExternalDNSServers,\nInternalDNSServers |\nFormat-List",
                "Get-DnsClientServerAddress | Where-Object {$_.AddressFamily -eq 2} |\nSelect-Object InterfaceAlias",
                "Resolve-DnsName -Name \"gmail.com\" -Type MX -Server 9.9.9.9",
                "$domain = \"fabrikam.com\"\nResolve-DnsName -Name $domain -Type MX -ErrorAction SilentlyContinue",
                "$inside = \"192.168.1.10\" # the internal one\nTest-NetConnection -ComputerName $inside -Port 53",
                "Get-Queue | Where-Object {$_.LastError -like \"*DNS*\" -or $_.LastError -like '*4.4.0*'}",
                "Get-Queue | Where {$_.LastError -like \"*DNS*\"} |\nGet-Message -ResultSize 10 |\nSelect DateReceived",
                "Get-Service Dnscache | Select-Object Name, Status",
                "Set-TransportService $env:COMPUTERNAME -ExternalDNSServers 1.1.1.1,1.0.0.1",
                "Set-TransportService $env:COMPUTERNAME `\n-InternalDNSServers 192.168.1.10,192.168.1.11 `\n-ExternalDNSAdapterEnabled $false",
                "ipconfig /flushdns",
                "Get-Queue | Where-Object {$_.Status -eq \"Retry\"} | Retry-Queue",
                "New-NetFirewallRule -DisplayName \"Let DNS out\" `\r\n-Direction Outbound -RemotePort 53 `\r\n-Action Allow",
                "New-SendConnector -Name \"n\" -AddressSpaces \"SMTP:fabrikam.com;1\" -DNSRoutingEnabled $false",
                "Write-Host \"$dns : $($result.TcpTestSucceeded)\"",
                "1..100 | ForEach-Object { $start = Get-Date; $took = (Get-Date) - $start }",
                "$all = @(\"a\", \"b\", \"c\")\n$none = @()\n$all += 'd'",
                "$body = \"Failed: $($failures -join ', ')`n\"",
                "Get-MessageTrackingLog -Start (Get-Date).AddMinutes(-5) -EventId SEND | Select Timestamp",
                "Send-MailMessage -From \"a@company.com\" -Subject \"Test $(Get-Date)\" -SmtpServer localhost",
                "Get-Message -Filter \"FromAddress -like '*@contoso.com'\"",
                "Get-Queue -Filter {Status -eq \"Retry\" -and MessageCount -gt 0}",
                "Get-Queue MAIL\\4; Get-Queue $env:COMPUTERNAME\\4; Get-Queue \"$env:COMPUTERNAME\\4\"",
                "Step-LabClock 2.00:00:00; Step-LabClock (New-TimeSpan -Hours 48)",
                "Get-Queue | ?{$_.MessageCount -gt 10MB} | % Identity",
                "Get-Queue | foreach { $_.Identity }",
                "@{a=1; 'b c'='x'\nc = Get-Date; $k = @{}}",
                "$x[0].Name.ToUpper().Substring(0, 2)",
                "(Get-Queue)[-1].'Next Hop'",
                "1.5e3, 0x1F, .5, 2kb",
                "-5 + 3 * 2 -eq 1 -and !$true -or -not ($a -is2)".replace("-is2", "-lt 2"),
                "Get-Queue -Identity:MAIL\\4 -Confirm:$false",
                "\"a\"\"b`\"c $($x.y + \"n\"\"ested $z\") `$no ${odd name}\"",
                "Write-Host a\"b c\"d foo$x.bar $(1+1)abc user@gmail.com /x -5 [abc]*",
                "Get-Queue | Select Identity, @{Name='Age'; Expression={ (Get-Date) - $_.FirstRetryTime }}",
                "Write-Host \u201ccurly\u201d \u2018quotes\u2019 \u2013NoNewline",
                "$a = $b = 1",
                "'it''s' | Out-Null",
                "exit 3");
    }

    @ParameterizedTest
    @MethodSource("readable")
    void what_administrators_type_reads(String script) {
        Parser.parse(Script.typed(script));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void every_beginning_of_a_script_reads_or_is_refused_with_a_place(String script) {
        for (int end = 0; end <= script.length(); end++) {
            readsOrIsRefused(script.substring(0, end));
            readsOrIsRefused(script.substring(end));
        }
    }

    @Test
    void characters_thrown_together_read_or_are_refused_with_a_place() {
        String letters = "aG-0.5$_{}()[]@\"'`|;,=+*/%!<>&#: \n\r\t\\:~?eqlikeand\u201c";
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(24);
            for (int i = 0; i < length; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                readsOrIsRefused(text.toString());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    private static void readsOrIsRefused(String text) {
        try {
            Parser.parse(Script.typed(text));
        } catch (ParseFailure failure) {
            assertTrue(failure.extent().start() <= text.length(), text);
            assertTrue(failure.extent().end() <= text.length(), text);
            failure.extent().lineText();
            failure.extent().widthInLine();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            trap { 1 }                     ¦ 1 ¦ The 'trap' statement is outside
            class Foo { }                  ¦ 1 ¦ The 'class' statement is outside
            enum Foo { A }                 ¦ 1 ¦ The 'enum' statement is outside
            using module x                 ¦ 1 ¦ The 'using' statement is outside
            workflow w { }                 ¦ 1 ¦ The 'workflow' statement is outside
            configuration c { }            ¦ 1 ¦ The 'configuration' statement is outside
            data { 1 }                     ¦ 1 ¦ The 'data' statement is outside
            function f { dynamicparam { } } ¦ 14 ¦ The 'dynamicparam' statement is outside
            1 | % { trap { } }             ¦ 9 ¦ The 'trap' statement is outside
            foreach -parallel ($x in 1) { } ¦ 9 ¦ The option of foreach is outside
            switch -file x { }             ¦ 8 ¦ The option '-file' of switch is outside
            Get-Queue &                    ¦ 11 ¦ Running a pipeline in the background ('&') is outside
            $function:x                    ¦ 1 ¦ The scope or drive 'function:' is outside
            $^                             ¦ 1 ¦ The automatic variable '$^' is outside
            "x $ExecutionContext"          ¦ 4 ¦ The automatic variable '$ExecutionContext' is outside
            Get-Queue --% x                ¦ 11 ¦ The token '--%' is outside
            param([Foo()]$x) 1             ¦ 7 ¦ The attribute 'Foo' is outside
            [CmdletBinding(Foo=1)]param()  ¦ 16 ¦ CmdletBinding's Foo is outside
            param([Parameter(Foo)]$x) 1    ¦ 18 ¦ The Parameter attribute's Foo is outside
            $x.$y(1)                       ¦ 4 ¦ A method whose name is computed is outside
            [math]::$y                     ¦ 1 ¦ A static member whose name is computed is outside
            Get-$x 1                       ¦ 1 ¦ A command name with variables in it and no '&' before it is outside
            #requires -Modules Foo         ¦ 1 ¦ The requirement '-Modules Foo' is outside
            #Requires -Version 7           ¦ 1 ¦ The requirement '-Version 7' is outside
            """)
    void what_lies_outside_the_subset_is_refused_by_name_and_place(String script, int column, String message) {
        ParseFailure failure = assertThrows(ParseFailure.class, () -> Parser.parse(Script.typed(script)));
        assertTrue(failure.getMessage().startsWith(message), failure.getMessage());
        assertEquals(column, failure.extent().column(), failure.getMessage());
        assertEquals("NotSupportedByThisShell", failure.errorId());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Get-Queue |                ¦ 12 ¦ EmptyPipeElement                ¦ true
            Get-Queue | | fl           ¦ 12 ¦ EmptyPipeElement                ¦ false
            | fl                       ¦ 1  ¦ EmptyPipeElement                ¦ false
            1 | 2                      ¦ 5  ¦ ExpressionsMustBeFirstInPipeline ¦ false
            "abc                       ¦ 1  ¦ TerminatorExpectedAtEndOfString ¦ true
            'abc                       ¦ 1  ¦ TerminatorExpectedAtEndOfString ¦ true
            { Get-Queue                ¦ 1  ¦ MissingEndCurlyBrace            ¦ true
            (Get-Queue                 ¦ 11  ¦ MissingEndParenthesisInExpression ¦ true
            @( 1                       ¦ 5  ¦ MissingEndParenthesisInExpression ¦ true
            ()                         ¦ 2  ¦ ExpectedExpression              ¦ false
            $x[1                       ¦ 5  ¦ MissingEndSquareBracket         ¦ true
            $x.Substring(1             ¦ 15  ¦ MissingEndParenthesisInMethodCall ¦ true
            $x.                        ¦ 3  ¦ MissingPropertyName             ¦ false
            1 -foo 2                   ¦ 3  ¦ UnexpectedToken                 ¦ false
            1 -eq                      ¦ 6  ¦ ExpectedValueExpression         ¦ true
            1 +;                       ¦ 4  ¦ ExpectedValueExpression         ¦ false
            $x =                       ¦ 5  ¦ ExpectedValueExpression         ¦ true
            @{a}                       ¦ 4  ¦ MissingEqualsInHashLiteral      ¦ false
            @{a=1                      ¦ 1  ¦ IncompleteHashLiteral           ¦ true
            1 + 8.8.8.8                ¦ 5  ¦ UnexpectedToken                 ¦ false
            1 + 5x                     ¦ 5  ¦ UnexpectedToken                 ¦ false
            $x $y                      ¦ 4  ¦ UnexpectedToken                 ¦ false
            Get-Queue a,               ¦ 13 ¦ MissingArgument                 ¦ true
            Get-Queue ,a               ¦ 11 ¦ MissingArgument                 ¦ false
            Get-Queue -Identity:       ¦ 11 ¦ ParameterRequiresArgument       ¦ false
            "$x:"                      ¦ 2  ¦ InvalidVariableReferenceWithDrive ¦ false
            if ($x -eq 1 {             ¦ 13 ¦ MissingEndParenthesisAfterStatement ¦ false
            if ($x                     ¦ 7  ¦ MissingEndParenthesisAfterStatement ¦ true
            if                         ¦ 3  ¦ MissingOpenParenthesisInIfStatement ¦ true
            if () { }                  ¦ 5  ¦ IfStatementMissingCondition     ¦ false
            if ($x) 1                  ¦ 8  ¦ MissingStatementBlock           ¦ false
            if ($x)                    ¦ 8  ¦ MissingStatementBlock           ¦ true
            if ($x) { 1 } else         ¦ 19 ¦ MissingStatementBlockAfterElse  ¦ true
            if ($x) { 1                ¦ 9  ¦ MissingEndCurlyBrace            ¦ true
            foreach $i in 1 { }        ¦ 8  ¦ MissingOpenParenthesisAfterKeyword ¦ false
            foreach (                  ¦ 10 ¦ MissingVariableNameAfterForeach ¦ true
            foreach ($i of 1) { }      ¦ 12 ¦ MissingInInForeach              ¦ false
            foreach ($i in 1)          ¦ 18 ¦ MissingForeachStatement         ¦ true
            while ($x                  ¦ 10 ¦ MissingEndParenthesisAfterStatement ¦ true
            do { 1 }                   ¦ 9  ¦ MissingWhileOrUntilInDoWhile    ¦ true
            try { 1 }                  ¦ 10 ¦ MissingCatchOrFinally           ¦ true
            try { 1 } catch            ¦ 16 ¦ MissingCatchHandlerBlock        ¦ true
            switch ($x)                ¦ 12 ¦ MissingCurlyBraceInSwitchStatement ¦ true
            function                   ¦ 9  ¦ MissingNameAfterKeyword         ¦ true
            function f                 ¦ 10 ¦ MissingFunctionBody             ¦ true
            $x[]                       ¦ 4  ¦ MissingArrayIndexExpression     ¦ false
            5++                        ¦ 1  ¦ OperatorRequiresVariableOrProperty ¦ false
            1 = 2                      ¦ 1  ¦ InvalidLeftHandSide             ¦ false
            Get-Queue >                ¦ 11 ¦ MissingFileSpecification        ¦ true
            Get-Queue < x              ¦ 11 ¦ RedirectionNotSupported         ¦ false
            1 + @x                     ¦ 5  ¦ SplattingNotPermitted           ¦ false
            [int                       ¦ 1  ¦ EndSquareBracketExpectedAtEndOfAttribute ¦ true
            <# never closed            ¦ 1  ¦ MissingTerminatorMultiLineComment ¦ true
            Get-Queue }                ¦ 11 ¦ UnexpectedToken                 ¦ false
            """)
    void what_does_not_read_says_where_and_why(String script, int column, String errorId, boolean incomplete) {
        ParseFailure failure = assertThrows(ParseFailure.class, () -> Parser.parse(Script.typed(script)));
        assertEquals(errorId, failure.errorId(), failure.getMessage());
        assertEquals(column, failure.extent().column(), failure.getMessage());
        assertEquals(incomplete, failure.incomplete(), "whether another line might complete it");
    }

    @Test
    void nesting_has_a_bound() {
        ParseFailure failure = assertThrows(
                ParseFailure.class, () -> Parser.parse(Script.typed("(".repeat(10_000) + "1" + ")".repeat(10_000))));
        assertEquals("TooDeep", failure.errorId());
        assertThrows(ParseFailure.class, () -> Parser.parse(Script.typed("!".repeat(100_000) + "1")));
        assertThrows(ParseFailure.class, () -> Parser.parse(Script.typed("\"$(".repeat(10_000))));
    }

    @Test
    void after_a_command_a_dash_word_is_a_parameter_and_in_a_block_an_operator() {
        Statement.Command where = command("Get-Queue | Where Status -eq Retry", 1);
        assertEquals(
                "eq",
                assertInstanceOf(Statement.Parameter.class, where.elements().get(1))
                        .name());
        Statement.Command block = command("Get-Queue | Where {$_.Status -eq 'Retry'}", 1);
        Expression.BlockLiteral literal = assertInstanceOf(Expression.BlockLiteral.class, argument(block, 0));
        Statement.Pipeline inside =
                (Statement.Pipeline) literal.block().statements().getFirst();
        Expression.Compare compare =
                assertInstanceOf(Expression.Compare.class, inside.head().orElseThrow());
        assertEquals(Comparison.EQ, compare.operator().comparison());
        assertFalse(compare.operator().mindsCase());
    }

    @Test
    void the_text_of_a_block_is_kept_as_written() {
        Expression.BlockLiteral literal =
                (Expression.BlockLiteral) argument(command("Get-Queue -Filter {Status -eq \"Retry\"}", 0), 1);
        assertEquals("Status -eq \"Retry\"", literal.block().text());
    }

    @Test
    void addresses_and_spans_are_words_and_numbers_are_numbers() {
        Statement.Command command = command("X 8.8.8.8 2.00:00:00 10 10MB 0012 1..3 -5 *4.4.0*", 0);
        assertEquals("8.8.8.8", literal(command, 0));
        assertEquals("2.00:00:00", literal(command, 1));
        assertEquals(10L, literal(command, 2));
        assertEquals(10L * 1024 * 1024, literal(command, 3));
        assertEquals(12L, literal(command, 4));
        assertEquals("0012", ((Expression.Literal) argument(command, 4)).text());
        assertEquals("1..3", literal(command, 5));
        assertEquals(-5L, literal(command, 6));
        assertEquals("*4.4.0*", literal(command, 7));
    }

    @Test
    void the_comma_binds_tighter_than_arithmetic_and_comparison_tighter_than_and() {
        Expression.Arithmetic sum = (Expression.Arithmetic) expression("1,2 + 3");
        assertInstanceOf(Expression.ArrayOf.class, sum.left());
        Expression.Logical or = (Expression.Logical) expression("1 -eq 2 -and 3 -lt 4 -or $x");
        assertEquals(Expression.Connective.OR, or.connective());
        Expression.Arithmetic minus = (Expression.Arithmetic) expression("1 + 2 * 3 - 4");
        assertEquals(Expression.Operation.SUBTRACT, minus.operation());
        assertInstanceOf(Expression.Range.class, expression("1..5"));
        assertInstanceOf(Expression.Unary.class, expression("!$a.b"));
    }

    @Test
    void a_member_follows_without_a_blank_and_its_arguments_are_separated_by_commas() {
        Expression.MethodCall call = (Expression.MethodCall) expression("$x.Substring(1, -2)");
        assertEquals("Substring", call.name());
        assertEquals(2, call.arguments().size());
        Expression.MethodCall onGroup =
                (Expression.MethodCall) argument(command("X -Start (Get-Date).AddMinutes(-5) -EventId SEND", 0), 1);
        assertEquals("AddMinutes", onGroup.name());
    }

    @Test
    void strings_hold_text_variables_and_statements() {
        Expression.Interpolated text = (Expression.Interpolated) expression("\"a $b.c $(1) `$d\"");
        assertEquals(5, text.parts().size());
        assertEquals("b", ((Expression.Variable) text.parts().get(1)).name());
        assertEquals(".c ", ((Expression.Literal) text.parts().get(2)).text());
        assertEquals(" $d", ((Expression.Literal) text.parts().get(4)).text());
        assertEquals("it's $x", ((Expression.Literal) expression("'it''s $x'")).value());
        assertEquals("a\"b\n\t\0", ((Expression.Literal) expression("\"a`\"b`n`t`0\"")).value());
    }

    @Test
    void parameters_may_carry_their_value_after_a_colon() {
        Statement.Command command = command("X -Confirm:$false -Name:MAIL\\4 -Switch", 0);
        Statement.Parameter confirm = (Statement.Parameter) command.elements().getFirst();
        assertEquals("Confirm", confirm.name());
        assertInstanceOf(Expression.Variable.class, confirm.attached().orElseThrow());
        assertEquals(Optional.empty(), ((Statement.Parameter) command.elements().getLast()).attached());
    }

    @Test
    void places_are_lines_and_columns_from_one() {
        ParseFailure failure =
                assertThrows(ParseFailure.class, () -> Parser.parse(new Script("x.ps1", "Get-Queue\r\n  $x $y\r\n")));
        assertEquals(2, failure.extent().line());
        assertEquals(6, failure.extent().column());
        assertEquals("  $x $y", failure.extent().lineText());
        assertEquals(2, failure.extent().widthInLine());
    }

    private static Statement.Command command(String script, int index) {
        return ((Statement.Pipeline) Parser.parse(Script.typed(script)).getFirst())
                .commands()
                .get(index);
    }

    private static Expression argument(Statement.Command command, int index) {
        return ((Statement.Argument) command.elements().get(index)).value();
    }

    private static Object literal(Statement.Command command, int index) {
        return ((Expression.Literal) argument(command, index)).value();
    }

    private static Expression expression(String script) {
        return ((Statement.Pipeline) Parser.parse(Script.typed(script)).getFirst())
                .head()
                .orElseThrow();
    }
}
