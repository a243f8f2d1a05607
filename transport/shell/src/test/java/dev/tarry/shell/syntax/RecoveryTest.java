package dev.tarry.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts in which several things do not read: each is told, and nothing that only follows from another.
final class RecoveryTest {
    private static String told(String script) {
        ParseFailure failure = assertThrows(ParseFailure.class, () -> Parser.script(Script.typed(script)), script);
        assertEquals(failure.getMessage(), failure.all().getFirst().getMessage());
        return failure.all().stream()
                .map(each -> each.extent().line() + ":" + each.extent().column() + " " + each.errorId())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            1 + ; $x $y; 'fine'; | fl                 ¦ 1:4 ExpectedValueExpression, 1:10 UnexpectedToken, 1:22 EmptyPipeElement
            $x $y⏎Get-Queue⏎1 -foo 2                  ¦ 1:4 UnexpectedToken, 3:3 UnexpectedToken
            $x $y $z⏎'fine'                           ¦ 1:4 UnexpectedToken
            if ($x) { $a $b; 1 }⏎$c $d                ¦ 1:14 UnexpectedToken, 2:4 UnexpectedToken
            function f {⏎  1 +;⏎  if (1) { $a $b }⏎}⏎()  ¦ 2:6 ExpectedValueExpression, 3:15 UnexpectedToken, 5:2 ExpectedExpression
            if ($x -eq 1 { 1 }⏎$c $d                  ¦ 1:13 MissingEndParenthesisAfterStatement, 2:4 UnexpectedToken
            foreach ($i in 1..3 { $a $b }⏎$c $d       ¦ 1:20 MissingEndParenthesisAfterForeach, 1:26 UnexpectedToken, 2:4 UnexpectedToken
            if ($x -eq 1 { 1 } else { $a $b }         ¦ 1:13 MissingEndParenthesisAfterStatement, 1:30 UnexpectedToken
            Get-A (Get-B -x⏎Get-C⏎$c $d               ¦ 1:16 MissingEndParenthesisInExpression, 3:4 UnexpectedToken
            "a $( 1 +; 2 ) b" $x⏎$c $d                ¦ 1:10 ExpectedValueExpression, 1:19 UnexpectedToken, 2:4 UnexpectedToken
            trap { 1 }⏎class Foo {⏎ [int]$x⏎ [void] Foo() { }⏎}⏎1 +;  ¦ 1:1 NotSupportedByThisShell, 2:1 NotSupportedByThisShell, 6:4 ExpectedValueExpression
            $a = @{ b 1 }⏎$c $d                       ¦ 1:10 MissingEqualsInHashLiteral, 2:4 UnexpectedToken
            $a = @{⏎ b 1⏎ c = 2⏎ d 3⏎}⏎$c $d          ¦ 2:3 MissingEqualsInHashLiteral, 6:4 UnexpectedToken
            Get-A "it's } fine" $( ) | 5⏎$c $d        ¦ 1:28 ExpressionsMustBeFirstInPipeline, 2:4 UnexpectedToken
            try { 1 }⏎$c $d                           ¦ 1:10 MissingCatchOrFinally, 2:4 UnexpectedToken
            1 +; # it's⏎$c $d                         ¦ 1:4 ExpectedValueExpression, 2:4 UnexpectedToken
            5++; @'⏎it's } ) here⏎'@⏎$c $d            ¦ 1:1 OperatorRequiresVariableOrProperty, 4:4 UnexpectedToken
            $x $y⏎'never closed                       ¦ 1:4 UnexpectedToken, 2:1 TerminatorExpectedAtEndOfString
            $x $y⏎if (1) {                            ¦ 1:4 UnexpectedToken, 2:8 MissingEndCurlyBrace
            if ($x -eq 1 {                            ¦ 1:13 MissingEndParenthesisAfterStatement, 1:14 MissingEndCurlyBrace
            """)
    void all_that_does_not_read_is_told_in_the_order_of_the_text(String script, String expected) {
        assertEquals(expected, told(script.replace("⏎", "\n")));
        assertEquals(expected, told(script.replace("⏎", "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            if ($x -eq ) { 1 }⏎else { 2 }             ¦ 1:11 ExpectedValueExpression
            if ($x -eq )⏎{⏎ 1⏎}⏎elseif (1)⏎{⏎ 2⏎}     ¦ 1:11 ExpectedValueExpression
            switch (1 2)⏎{⏎ 1 { 'a' }⏎ default { }⏎}  ¦ 1:10 MissingEndParenthesisAfterStatement
            do (1) { 1 }⏎while ($x)                   ¦ 1:3 MissingLoopStatement
            Get-A (1 + ) ,⏎ 'b' -C d                  ¦ 1:11 ExpectedValueExpression
            $x = (1 + ) -and⏎ 'b' -like 'c'           ¦ 1:10 ExpectedValueExpression
            Get-A | ? { $_ -eq ) }⏎'fine'             ¦ 1:19 ExpectedValueExpression
            Get-A | ? { $_.x -eq 'a' )⏎}⏎'fine'       ¦ 1:26 UnexpectedToken
            function f {⏎ if ($x -foo 1) {⏎ }⏎ }⏎}    ¦ 2:9 UnexpectedToken
            function f {⏎ Get-A (1 2⏎}⏎'fine'         ¦ 2:11 UnexpectedToken
            Get-A }⏎}⏎}                               ¦ 1:7 UnexpectedToken
            $x.Foo(1, ⏎$y = 2⏎$z                      ¦ 2:3 MissingEndParenthesisInMethodCall
            $x $y 'a⏎b' ; 'c d' 'e'                   ¦ 1:4 UnexpectedToken
            $x $y 'a⏎Get-A 'b'⏎Get-C 'd' e            ¦ 1:4 UnexpectedToken
            param($a $b)⏎'fine'                       ¦ 1:10 MissingEndParenthesisInFunctionParameterList
            function f($a $b)⏎{⏎ 1 { 2 }⏎}⏎'fine'     ¦ 1:15 MissingEndParenthesisInFunctionParameterList
            #requires -Modules X⏎#requires -Modules Y ¦ 1:1 NotSupportedByThisShell
            """)
    void what_only_follows_from_another_error_is_not_told(String script, String expected) {
        assertEquals(expected, told(script.replace("⏎", "\n")));
    }

    @Test
    void more_than_ten_are_not_told_but_that_there_are_more_is() {
        ParseFailure ten = assertThrows(ParseFailure.class, () -> Parser.script(Script.typed("$x $y\n".repeat(10))));
        assertEquals(10, ten.all().size());
        assertFalse(ten.hasMore());
        ParseFailure eleven = assertThrows(ParseFailure.class, () -> Parser.script(Script.typed("$x $y\n".repeat(11))));
        assertEquals(10, eleven.all().size());
        assertTrue(eleven.hasMore());
    }

    @Test
    void a_prompt_asks_for_more_only_where_nothing_before_is_wrong() {
        assertTrue(assertThrows(ParseFailure.class, () -> Parser.script(Script.typed("if (1) {\n 'a'")))
                .incomplete());
        assertFalse(assertThrows(ParseFailure.class, () -> Parser.script(Script.typed("$x $y; if (1) {\n 'a'")))
                .incomplete());
    }

    @Test
    void a_long_script_full_of_errors_is_read_in_no_time() {
        String deep = "if (1) {\n".repeat(100) + "$x $y\n" + "}\n".repeat(100);
        ParseFailure failure = assertThrows(ParseFailure.class, () -> Parser.script(Script.typed(deep.repeat(300))));
        assertTrue(failure.hasMore());
        assertEquals(101, failure.extent().line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"({", "{}", "})", "(}", ")(", "\n|", "\n\n", "}\n", "){ "})
    @Timeout(60) // where each of a million characters looks at all the others it would be an hour
    void whatever_a_million_characters_are_they_are_read_once(String pair) {
        String half = pair.substring(0, pair.length() / 2);
        String other = pair.substring(pair.length() / 2);
        String script = "if ) " + half.repeat(500_000) + other.repeat(500_000);
        assertFalse(assertThrows(ParseFailure.class, () -> Parser.script(Script.typed(script)))
                .all()
                .isEmpty());
    }
}
