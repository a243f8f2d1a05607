package dev.tarry.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.shell.terminal.Level.Place;
import dev.tarry.shell.terminal.Sketch.Piece;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SketchTest {
    private static final String GUIDE = """
            # Look at "it"
            $queues = Get-Queue -Filter {Status -eq 'Retry'} | Where-Object { $_.LastError -like "*DNS $($x.Name)*" }
            foreach ($q in Get-Queue) { if ($q.MessageCount -gt 10MB) { Retry-Queue $q.Identity -Confirm:$false } else { 1 } }
            Get-Message | Select-Object @{Name='Age'; Expression={(Get-Date) - $_.DateReceived}}, Subject `
                | Format-Table
            [datetime]::Now; @'
            here 'we' are
            '@ <# and
            out #>
            """;

    private static String kinds(String text) {
        return Sketch.of(text).pieces().stream()
                .map(piece -> piece.kind() + "(" + text.substring(piece.start(), piece.end()) + ")")
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "Get-Queue => COMMAND(Get-Queue)",
                "Get-Queue -Server MAIL => COMMAND(Get-Queue) PARAMETER(-Server) WORD(MAIL)",
                "$x -eq 3 => VARIABLE($x) OPERATOR(-eq) NUMBER(3)",
                "$x.Name.Length => VARIABLE($x) MEMBER(Name) MEMBER(Length)",
                "$env:Path => VARIABLE($env:Path)",
                "'it''s' | ? Length => TEXT('it') TEXT('s') COMMAND(?) WORD(Length)",
                "foreach ($q in Get-Queue) => KEYWORD(foreach) VARIABLE($q) KEYWORD(in) COMMAND(Get-Queue)",
                "$a = Get-Queue => VARIABLE($a) COMMAND(Get-Queue)",
                "gq # why => COMMAND(gq) COMMENT(# why)",
                "a#b => COMMAND(a#b)",
                "\"a $(b \"c\") d\" e => TEXT(\"a $(b \"c\") d\") WORD(e)",
                "[int]5 => TYPE([int]) NUMBER(5)",
                "Set-X @{a=1; b='c'} => COMMAND(Set-X) MEMBER(a) NUMBER(1) MEMBER(b) TEXT('c')",
                "if ($x) { a } else { b } => KEYWORD(if) VARIABLE($x) COMMAND(a) KEYWORD(else) COMMAND(b)"
            })
    void each_stretch_is_what_it_looks_like(String text, String kinds) {
        assertEquals(kinds, kinds(text));
    }

    @Test
    void no_cut_of_a_script_upsets_it() {
        for (int end = 0; end <= GUIDE.length(); end++) {
            String text = GUIDE.substring(0, end);
            List<Piece> pieces = Sketch.of(text).pieces();
            int last = 0;
            for (Piece piece : pieces) {
                assertTrue(piece.start() >= last && piece.end() > piece.start(), text + "\n" + pieces);
                last = piece.end();
            }
            assertTrue(last <= end, text);
            for (int start = 0; start < end; start += 7) {
                Sketch.of(GUIDE.substring(start, end));
            }
        }
    }

    @Test
    void a_pipe_leaves_the_command_before_it_behind() {
        Level level =
                Sketch.of("$x = 3; Get-Queue -Server a | Sort-Object b | ").level();
        assertEquals(Place.START, level.place);
        assertEquals(List.of("Get-Queue", "Sort-Object"), level.before);
    }

    @Test
    void a_block_stands_in_the_pipeline_around_it() {
        Level level = Sketch.of("Get-Queue | Where-Object { $_.").level();
        assertEquals('{', level.opener);
        assertEquals(Place.EXPRESSION, level.place);
        assertEquals(List.of("Get-Queue"), level.outer.before);
        assertEquals("Where-Object", level.outer.command);
    }

    @Test
    void a_new_line_ends_a_pipeline_but_not_behind_a_pipe() {
        assertEquals(List.of("Get-Queue"), Sketch.of("Get-Queue |\n").level().before);
        assertEquals(List.of(), Sketch.of("Get-Queue | a\n").level().before);
        assertEquals(List.of("a"), Sketch.of("(a |\n").level().before);
    }

    @Test
    void what_a_string_is_open_in_is_known() {
        assertEquals(10, Sketch.of("Get-Queue 'Default Fr").openText());
        assertEquals(10, Sketch.of("Get-Queue \"a $(b \"c").openText());
        assertEquals(-1, Sketch.of("Get-Queue 'a'").openText());
    }

    @Test
    void a_list_is_one_argument() {
        assertEquals(1, Sketch.of("Select-Object a, b,c").level().elements.size());
        assertEquals(
                1, Sketch.of("Select-Object a, (b c), @{d=1}").level().elements.size());
        assertEquals(2, Sketch.of("Select-Object a b").level().elements.size());
    }
}
