package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultSheetTest {
    private static final Instant NOW = FaultGrammarTest.NOW;

    private static final List<Fault> TWO = List.of(
            FaultLine.read("dns servfail name=*.external-company.com first=3", NOW),
            FaultLine.read("smtp reply stage=rcpt code=550 text=\"5.1.1 gone\"", NOW));

    @Test
    void lines_may_be_empty_or_comments() {
        assertEquals(
                TWO,
                FaultSheet.lines(
                        "# bad weather\ndns servfail name=*.external-company.com first=3 # thrice\r\n\n"
                                + "  smtp reply stage=rcpt code=550 text=\"5.1.1 gone\"",
                        NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- dns servfail name=*.external-company.com first=3\n"
                        + "- {where: smtp, what: reply, stage: rcpt, code: 550, text: 5.1.1 gone}\n",
                "faults:\n- where: dns\n  what: servfail\n  name: '*.external-company.com'\n  first: 3\n  every: ~\n"
                        + "- 'smtp reply stage=rcpt code=550 text=\"5.1.1 gone\"'\n",
            })
    void yaml_has_lines_or_words(String text) {
        assertEquals(TWO, FaultSheet.yaml(text, NOW));
    }

    @Test
    void nothing_is_no_fault() {
        assertEquals(List.of(), FaultSheet.yaml("", NOW));
        assertEquals(List.of(), FaultSheet.yaml("faults: []", NOW));
        assertEquals(List.of(), FaultSheet.lines("\n", NOW));
    }

    @Test
    void everything_that_is_wrong_in_lines_comes_out_at_once() {
        var bad = assertThrows(
                BadFault.class,
                () -> FaultSheet.lines("dns servfail\n\ndns rain\nstore full\nsmtp close stage=lunch\n", NOW));
        var complaints = bad.getMessage().split("\n");
        assertEquals(2, complaints.length);
        assertTrue(complaints[0].startsWith("fault: line 3: what: is 'rain'; one of"), complaints[0]);
        assertTrue(complaints[1].startsWith("line 5: stage: is 'lunch'; one of"), complaints[1]);
    }

    @Test
    void dots_at_the_end_of_a_name_mean_nothing() {
        assertEquals(
                FaultSheet.lines("dns servfail name=a.example", NOW),
                FaultSheet.lines("dns servfail name=a.example...", NOW));
        assertEquals(1, FaultSheet.lines("dns servfail name=.", NOW).size());
    }

    @Test
    void a_complaint_repeats_no_control_as_it_is() {
        var bad = assertThrows(BadFault.class, () -> FaultSheet.lines("\u001b[2J\u009b1 rain\n\u2028 full\n", NOW));
        assertEquals(2, bad.getMessage().split("\n").length, bad.getMessage());
        assertTrue(bad.getMessage().contains("'?[2J\\u009b1'"), bad.getMessage());
        assertTrue(bad.getMessage().chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), bad.getMessage());
    }

    @Test
    void everything_that_is_wrong_in_yaml_comes_out_at_once_with_its_place() {
        var bad = assertThrows(
                BadFault.class,
                () -> FaultSheet.yaml(
                        "- dns rain\n- dns servfail\n- {where: dns, what: [a]}\n- {where: dns, where: dns}\n- [dns]\n",
                        NOW));
        assertEquals(
                List.of(
                        "fault: line 1, column 3: what",
                        "line 3, column 3: what",
                        "line 4, column 3: where",
                        "line 5, column 3"),
                bad.getMessage()
                        .lines()
                        .map(line -> line.split(": (is|stands)", 2)[0])
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns: servfail",
                "dns servfail",
                "- &a dns servfail\n- *a",
                "- !!str dns servfail",
                "- {",
                "a\n---\nb"
            })
    void what_is_no_list_of_plain_values_is_refused_by_place(String text) {
        var bad = assertThrows(BadFault.class, () -> FaultSheet.yaml(text, NOW));
        assertTrue(bad.getMessage().matches("(?s)fault: line \\d+, column \\d+: .*;.*"), bad.getMessage());
    }
}
