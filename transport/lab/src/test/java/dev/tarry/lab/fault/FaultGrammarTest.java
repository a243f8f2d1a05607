package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultGrammarTest {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static final List<Class<?>> EFFECTS = List.of(
            DnsEffect.class,
            ConnectEffect.class,
            LinkEffect.class,
            SmtpEffect.class,
            TlsEffect.class,
            StoreEffect.class);

    static Fault read(String line) {
        return FaultLine.read(line, NOW);
    }

    static Stream<String> examples() {
        return FaultGrammar.forms().stream().map(Form::example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    @ValueSource(
            strings = {
                "dns servfail server=8.8.8.8 name=external-company.com type=MX protocol=udp",
                "dns refused first=3 every=2 from=2026-01-01T00:00:00Z until=+1h",
                "dns servfail on=5m off=10m",
                "dns nxdomain probability=0.25 seed=9",
                "smtp close stage=eod sender=<> first=1",
                "smtp reply stage=ehlo code=250 text=\"odd \\\"word\\\" \\\\ here\\nPIPELINING\"",
                "smtp raw stage=between text=\"\\x00\\xff\\t421 bye\\r\\n\"",
                "smtp reset stage=content octets=65536 recipient=*@fabrikam.com",
            })
    void what_is_written_can_be_read_again_as_words_and_as_a_line(String line) {
        var fault = read(line);
        var written = FaultGrammar.write(new ActiveFault(7, fault, 2, 1));
        assertEquals(fault, FaultGrammar.read(written, Instant.MAX));
        assertEquals(fault, FaultLine.read(FaultLine.write(fault), NOW));
        assertEquals(FaultLine.write(fault), written.get("line"));
        assertEquals(
                "[7, 2, 1]", "[" + written.get("id") + ", " + written.get("asked") + ", " + written.get("fired") + "]");
    }

    @ParameterizedTest
    @FieldSource("EFFECTS")
    void every_effect_has_its_row_in_the_table_and_the_row_reads_as_that_effect(Class<?> effects) {
        var said = FaultGrammar.forms().stream()
                .map(form -> FaultGrammarTest.effect(read(form.example())))
                .<Class<?>>map(Object::getClass)
                .filter(effects::isAssignableFrom)
                .toList();
        Set<Class<?>> all = Arrays.stream(effects.getPermittedSubclasses()).collect(Collectors.toSet());
        assertEquals(all, new HashSet<>(said));
        assertEquals(all.size(), said.size(), "one row each");
    }

    @Test
    void an_example_shows_the_form_it_stands_beside() {
        for (var form : FaultGrammar.forms()) {
            assertTrue(
                    form.example().startsWith(form.where().word() + " " + form.what()), () -> "form " + form.example());
            var words = FaultGrammar.write(read(form.example()));
            form.words().forEach(word -> assertTrue(words.containsKey(word.name()), form + " has " + word));
        }
    }

    private static Object effect(Fault fault) {
        return switch (fault) {
            case Fault.Dns dns -> dns.what();
            case Fault.Connect connect -> connect.what();
            case Fault.Link link -> link.what();
            case Fault.Smtp smtp -> smtp.what();
            case Fault.Tls tls -> tls.what();
            case Fault.Store store -> store.what();
        };
    }

    @Test
    void a_line_says_only_what_does_not_go_without_saying() {
        assertEquals(
                "dns servfail server=8.8.8.8 name=*.external-company.com type=MX first=3",
                FaultLine.write(read("dns servfail name=*.external-company.com. type=MX server=8.8.8.8 first=3")));
        assertEquals(
                "smtp reply code=550 text=\"5.1.1 gone\\nfor good\" stage=rcpt",
                FaultLine.write(read("smtp reply stage=rcpt code=550 text=\"5.1.1 gone\\nfor good\"")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "what=servfail | where | dns, connect, link, smtp, tls, store",
                "mars servfail | where | dns, connect",
                "dns | what | noanswer",
                "dns refuse | what | servfail",
                "dns servfail host=x | host | server",
                "dns servfail by=1s | by | with dns servfail there are",
                "dns delay | by | PT3S",
                "dns delay by=soon | by | PT3S",
                "dns delay by=0 | by | more than nothing",
                "dns delay by=9999d | by | at most",
                "dns cnamechain length=0 | length | from 1 to 1000",
                "dns mx to=mars | to | loopback",
                "dns edns how=badly | how | badvers",
                "dns servfail first=0 | first | from 1",
                "dns servfail first=1.5 | first | whole number",
                "dns servfail first=often | first | whole number",
                "dns servfail every=0 | every | from 1",
                "dns servfail from=soon | from | +10m",
                "dns servfail from=+10m until=+5m | until | after from",
                "dns servfail on=5m | off | is missing",
                "dns servfail probability=2 | probability | at most 1",
                "dns servfail probability=0 | probability | more than 0",
                "dns servfail seed=2 | seed | goes with probability",
                "connect servfail | what | refuse, blackhole",
                "link bandwidth rate=fast | rate | 10kB",
                "link latency | by | 200ms",
                "smtp reply code=450 | stage | banner",
                "smtp reply stage=rcpt | code | whole number",
                "smtp reply stage=rcpt code=199 | code | 200 to 599",
                "smtp reply stage=rcpt code=99999999999 | code | 200 to 599",
                "smtp greylist stage=rcpt wait=5m code=250 | code | 400 to 599",
                "smtp greylist stage=banner wait=5m | stage | rcpt, data or eod",
                "smtp bounce stage=rcpt after=5m | stage | eod is needed",
                "smtp delay stage=content by=5m | stage | an answer",
                "smtp close stage=rcpt code=450 | code | with smtp close there are",
                "smtp close stage=rcpt octets=450 | octets | stage: content",
                "smtp close stage=lunch | stage | eod",
                "smtp close stage=banner recipient=a@b | recipient | rcpt to kept",
                "smtp close stage=ehlo sender=a@b | sender | mail to kept",
                "smtp close stage=quit recipient=a@b | recipient | rcpt to kept",
                "tls certificate kind=ugly | kind | selfsigned",
                "tls refuse code=250 | code | 400 to 599",
                "store slow operation=commit | by | 200ms",
                "dns servfail servfail | column 14 | servfail=…",
                "dns servfail name= | column 19 | a value is missing",
                "dns servfail name=a name=b | column 21 | say it once",
                "dns servfail name=\"a | column 19 | end the value",
                "dns servfail name=\"a\"b | column 22 | space",
                "dns servfail name=\"\\q\" | column 20 | \\xNN",
                "dns servfail name=\"\\xg1\" | column 20 | hexadecimal",
                "dns =x | column 5 | word=value",
            })
    void what_is_wrong_is_named_with_what_would_be_right(String line, String field, String right) {
        var bad = assertThrows(BadFault.class, () -> read(line));
        assertEquals(field, bad.field(), bad.getMessage());
        assertTrue(bad.getMessage().contains(right), bad.getMessage());
    }

    @Test
    void a_text_with_a_control_character_is_refused_and_not_repeated_raw() {
        var words = new LinkedHashMap<String, Object>(
                Map.of("where", "smtp", "what", "reply", "stage", "rcpt", "code", 450, "text", "later\r\n250 fine"));
        assertEquals(
                "text",
                assertThrows(BadFault.class, () -> FaultGrammar.read(words, NOW))
                        .field());
        words.put("what", "re\r\nply");
        var bad = assertThrows(BadFault.class, () -> FaultGrammar.read(words, NOW));
        assertFalse(bad.getMessage().contains("\n"));
        words.put("what", "reply");
        words.put("te\nxt", "x");
        assertFalse(assertThrows(BadFault.class, () -> FaultGrammar.read(words, NOW))
                .getMessage()
                .contains("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT3S,3000",
        "3s,3000",
        "200ms,200",
        "1.5s,1500",
        "5m,300000",
        "2h,7200000",
        "1d,86400000",
        "7,7000",
        "00:05:00,300000",
        "2.00:00:01,172801000",
    })
    void spans_are_read_in_all_the_ways_people_write_them(String span, long millis) {
        var fault = (Fault.Dns) read("dns delay by=" + span);
        assertEquals(new DnsEffect.Delay(Duration.ofMillis(millis)), fault.what());
    }

    @Test
    void numbers_may_come_as_numbers() {
        Map<String, Object> words = new LinkedHashMap<>(Map.of("where", "dns", "what", "delay", "by", 1.5, "first", 2));
        var fault = (Fault.Dns) FaultGrammar.read(words, NOW);
        assertEquals(new DnsEffect.Delay(Duration.ofMillis(1_500)), fault.what());
        assertEquals(When.first(2), fault.when());
    }

    @Test
    void spans_from_now_become_moments() {
        var fault = read("dns servfail from=+10m until=+1h");
        assertEquals(NOW.plus(Duration.ofMinutes(10)), fault.when().from().orElseThrow());
        assertEquals(NOW.plus(Duration.ofHours(1)), fault.when().until().orElseThrow());
    }

    @Test
    void the_last_dot_of_a_name_makes_no_difference() {
        assertTrue(((Fault.Dns) read("dns servfail name=gmail.com.")).name().matches("gmail.com"));
    }
}
