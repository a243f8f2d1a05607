package dev.tarry.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What reads and what does not, over a list of scripts (scripts.txt beside this).
final class ScriptsTest {
    private static final int AT_LEAST = 700;

    private record Sample(char verdict, String script) {}

    private static List<Sample> samples() throws IOException {
        try (InputStream in = ScriptsTest.class.getResourceAsStream("scripts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("[+o-] .*"))
                    .map(line -> new Sample(
                            line.charAt(0), line.substring(2).replace("⏎", "\n").stripTrailing()))
                    .toList();
        }
    }

    private static char verdict(String script) {
        try {
            Parser.script(Script.typed(script));
            return '+';
        } catch (ParseFailure failure) {
            return failure.errorId().equals("NotSupportedByThisShell") ? 'o' : '-';
        }
    }

    @Test
    void every_script_reads_or_is_refused_as_the_list_says() throws IOException {
        List<String> other = new ArrayList<>();
        for (Sample sample : samples()) {
            char verdict = verdict(sample.script());
            if (verdict != sample.verdict()) {
                other.add(verdict + " instead of " + sample.verdict() + ": " + sample.script());
            }
        }
        assertEquals(List.of(), other);
    }

    @Test
    void line_ends_of_windows_make_no_difference() throws IOException {
        for (Sample sample : samples()) {
            assertEquals(sample.verdict(), verdict(sample.script().replace("\n", "\r\n")), sample.script());
        }
    }

    @Test
    void every_beginning_and_end_of_every_script_reads_or_is_refused_with_a_place() throws IOException {
        List<Sample> samples = samples();
        assertTrue(samples.size() >= AT_LEAST, "only " + samples.size() + " scripts were found");
        for (Sample sample : samples) {
            String script = sample.script();
            for (int cut = 0; cut <= script.length(); cut++) {
                placed(script.substring(0, cut));
                placed(script.substring(cut));
            }
        }
    }

    @Test
    void an_error_makes_no_others_of_what_reads_around_it() throws IOException {
        List<String> other = new ArrayList<>();
        for (Sample sample : samples()) {
            // An attribute belongs to the start of a script.
            String before = sample.script().startsWith("[CmdletBinding") ? "" : "$before $it\n" + sample.script();
            String after = sample.script() + "\n$after $it";
            int most = sample.verdict() == '+' ? 1 : 2;
            if (failures(before) > most || failures(after) > most) {
                other.add(failures(before) + ", " + failures(after) + ": " + sample.script());
            }
        }
        assertEquals(List.of(), other);
    }

    private static int failures(String script) {
        try {
            Parser.script(Script.typed(script));
            return 0;
        } catch (ParseFailure failure) {
            return failure.all().size();
        }
    }

    private static void placed(String script) {
        try {
            Parser.script(Script.typed(script));
        } catch (ParseFailure failure) {
            assertTrue(failure.extent().start() <= script.length(), script);
            assertTrue(failure.extent().end() <= script.length(), script);
            assertTrue(failure.extent().start() <= failure.extent().end(), script);
        } catch (RuntimeException e) {
            throw new AssertionError(script, e);
        }
    }
}
