package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultGrammarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "where=dns what=noanswer",
                "where=dns what=servfail server=8.8.8.8 name=external-company.com type=MX protocol=udp",
                "where=dns what=refused first=3",
                "where=dns what=nxdomain name=*.com",
                "where=dns what=delay delay=PT3S",
                "where=connect what=refuse address=203.0.113.26",
                "where=connect what=blackhole host=*.google.com port=25 protocol=tcp",
                "where=smtp what=reply code=450 text=4.2.1 stage=rcpt recipient=b@*",
                "where=smtp what=reply code=554 stage=banner host=mail.fabrikam.com",
                "where=smtp what=close stage=eod sender=<> first=1",
            })
    void what_is_written_can_be_read_again(String line) {
        var fault = FaultGrammar.read(words(line));
        var active = new ActiveFault(7, fault, 2, 1);
        assertEquals(fault, FaultGrammar.read(FaultGrammar.write(active)));
        var written = FaultGrammar.write(active);
        words(line).forEach((word, value) -> assertEquals(value, String.valueOf(written.get(word)), word));
        assertEquals(
                "[7, 2, 1]", "[" + written.get("id") + ", " + written.get("asked") + ", " + written.get("fired") + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what=servfail | where | dns, connect, smtp",
                "where=mars what=servfail | where | dns, connect, smtp",
                "where=dns | what | noanswer",
                "where=dns what=refuse | what | servfail",
                "where=dns what=servfail host=x | host | server",
                "where=dns what=servfail delay=PT1S | delay | what: delay",
                "where=dns what=delay | delay | PT3S",
                "where=dns what=delay delay=soon | delay | PT3S",
                "where=dns what=delay delay=0 | delay | more than nothing",
                "where=dns what=delay delay=PT9H | delay | at most",
                "where=dns what=servfail first=0 | first | from 1",
                "where=dns what=servfail first=1.5 | first | whole number",
                "where=dns what=servfail first=often | first | whole number",
                "where=connect what=servfail | what | refuse, blackhole",
                "where=smtp what=reply code=450 | stage | banner",
                "where=smtp what=reply stage=rcpt | code | whole number",
                "where=smtp what=reply stage=rcpt code=250 | code | 400 to 599",
                "where=smtp what=reply stage=rcpt code=99999999999 | code | 400 to 599",
                "where=smtp what=close stage=rcpt code=450 | code | what: reply",
                "where=smtp what=close stage=lunch | stage | eod",
                "where=smtp what=close stage=banner recipient=a@b | recipient | rcpt, data or eod",
                "where=smtp what=close stage=ehlo sender=a@b | sender | mail, rcpt",
                "where=smtp what=close stage=quit recipient=a@b | recipient | rcpt, data or eod",
            })
    void what_is_wrong_is_named_with_what_would_be_right(String line, String field, String right) {
        var bad = assertThrows(BadFault.class, () -> FaultGrammar.read(words(line)));
        assertEquals(field, bad.field());
        assertTrue(bad.getMessage().contains(right), bad.getMessage());
    }

    @Test
    void a_text_with_a_line_end_is_refused_and_not_repeated_raw() {
        var words = words("where=smtp what=reply stage=rcpt code=450");
        words.put("text", "4.2.1 later\r\n250 fine");
        assertEquals(
                "text",
                assertThrows(BadFault.class, () -> FaultGrammar.read(words)).field());
        words.put("what", "re\r\nply");
        var bad = assertThrows(BadFault.class, () -> FaultGrammar.read(words));
        assertFalse(bad.getMessage().contains("\n"));
    }

    @Test
    void numbers_may_come_as_numbers() {
        Map<String, Object> words =
                new LinkedHashMap<>(Map.of("where", "dns", "what", "delay", "delay", 1.5, "first", 2));
        var fault = (Fault.Dns) FaultGrammar.read(words);
        assertEquals(new Fault.DnsEffect.Delay(Duration.ofMillis(1_500)), fault.what());
        assertEquals(new When.First(2), fault.when());
    }

    @Test
    void the_last_dot_of_a_name_makes_no_difference() {
        var fault = (Fault.Dns) FaultGrammar.read(words("where=dns what=servfail name=gmail.com."));
        assertTrue(fault.name().matches("gmail.com"));
    }

    static Map<String, Object> words(String line) {
        var words = new LinkedHashMap<String, Object>();
        for (var word : line.split(" ")) {
            var parts = word.split("=", 2);
            words.put(parts[0], parts[1]);
        }
        return words;
    }
}
