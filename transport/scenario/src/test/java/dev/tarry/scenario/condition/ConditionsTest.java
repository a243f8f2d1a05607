package dev.tarry.scenario.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '¦', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            queue                                     ¦ queue queues>=1
            queue gmail.com                           ¦ queue nextHopDomain=gmail.com queues>=1
            QUEUE Identity=MAIL\\4 STATUS=retry        ¦ queue identity=MAIL\\4 status=Retry queues>=1
            queue a.example messageCount=0            ¦ queue nextHopDomain=a.example messageCount=0
            queue *.example queues==1000              ¦ queue nextHopDomain=*.example queues=1000
            queue lastError="*451 4.4.0 DNS*" messageCount>=2 ¦ queue lastError="*451 4.4.0 DNS*" messageCount>=2
            mail                                      ¦ mail count>=1
            mail *@gmail.com host=mx1.* count<3       ¦ mail recipient=*@gmail.com host=mx1.* count<3
            mail sender=""                            ¦ mail sender="" count>=1
            mailbox a@company.com subject='Undeliverable: *' ¦ mailbox a@company.com subject="Undeliverable: *" count>=1
            tracking fail recipient=b@x.example since=now ¦ tracking eventId=FAIL recipient=b@x.example since=now count>=1
            tracking source=dns since=2026-03-02T08:00:00Z ¦ tracking source=DNS since=2026-03-02T08:00:00Z count>=1
            fault 7                                   ¦ fault id=7 fired>=1
            fault 7 fired!=3                          ¦ fault id=7 fired!=3
            dnsquery gmail.com type=MX server=8.8.*   ¦ dnsQuery server=8.8.* name=gmail.com type=MX count>=1
            mail a@b.example AND fault 1 fired<=2     ¦ mail recipient=a@b.example count>=1 and fault id=1 fired<=2
            mail or queue a.example or mail sender=x@y.example ¦ mail count>=1 or queue nextHopDomain=a.example queues>=1 or mail sender=x@y.example count>=1
            """)
    void a_line_says_what_is_waited_for_and_reads_back_as_it_is_written(String line, String written) {
        Condition condition = Conditions.read("until", line);
        assertEquals(written, Conditions.written(condition));
        assertEquals(condition, Conditions.read("until", written));
    }

    @Test
    void an_object_says_the_same_and_holds_others_in_it() {
        Condition condition = Conditions.read(
                "until",
                Map.of(
                        "any",
                        List.of(
                                Map.of("queue", Map.of("nextHopDomain", "a.example", "messageCount", 0L)),
                                Map.of(
                                        "all",
                                        List.of(
                                                Map.of("mail", Map.of("count", ">=2")),
                                                Map.of("fault", Map.of("id", 3L)))))));
        assertEquals(
                "queue nextHopDomain=a.example messageCount=0 or (mail count>=2 and fault id=3 fired>=1)",
                Conditions.written(condition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            ''                         ¦ until: a condition is missing; such as queue gmail.com status=Retry messageCount>=1
            mail and                   ¦ until: a condition is missing; such as queue gmail.com status=Retry messageCount>=1
            mial a@b.example           ¦ until: 'mial' is no kind of condition; there are queue, mail, mailbox, tracking, fault, dnsQuery, all, any
            all x                      ¦ until: 'x' has no name before it; such as queue gmail.com status=Retry messageCount>=1
            mial                       ¦ until: 'mial' is no kind of condition; there are queue, mail, mailbox, tracking, fault, dnsQuery, all, any
            queue count=1              ¦ until.queue: 'count' is unknown; there are messageCount, queues, identity, nextHopDomain, status, lastError
            queue status=Broken        ¦ until.queue.status: 'Broken' is not known; it is one of Active, Connecting, Ready, Retry, Suspended
            queue messageCount=many    ¦ until.queue.messageCount: 'many' is no number to compare with; write such as 0, >=1, <5 or !=2
            mailbox                    ¦ until.mailbox: address is missing; such as user@company.com
            fault                      ¦ until.fault: id is missing; GET /lab/v1/faults lists them
            fault x                    ¦ until.fault.id: 'x' is no whole number; such as 1
            mail since=soon            ¦ until.mail.since: 'soon' is no moment; write ever, now, or lab time such as 2026-03-02T08:00:00Z
            mail a b                   ¦ until: 'recipient' is there twice; once is enough
            mail subject="open         ¦ until: a quote is open: 'mail subject="open'; close it
            mail and mail or mail      ¦ until: it has both 'and' and 'or'; write it as an object, with all and any in each other
            """)
    void what_cannot_be_read_is_told_with_its_place_and_what_would_be_right(String line, String told) {
        assertEquals(
                told,
                assertThrows(BadCondition.class, () -> Conditions.read("until", line))
                        .getMessage());
    }

    @Test
    void objects_that_are_no_conditions_are_told_as_well() {
        assertBad(7L, "until: it must be an object with one member, its kind");
        assertBad(Map.of(), "until: it must be an object with one member");
        assertBad(Map.of("queue", 1L), "until.queue: it must be an object");
        assertBad(Map.of("all", List.of()), "until.all: it must be a list of conditions");
        assertBad(Map.of("any", List.of(Map.of("mail", Map.of("x", 1L)))), "until.any[0].mail: 'x' is unknown");
        assertBad(Map.of("mail", Map.of("host", true)), "until.mail.host: 'true' is no pattern");
        Object deep = Map.of("mail", Map.of());
        for (int i = 0; i < Conditions.DEPTH_MAX; i++) {
            deep = Map.of("all", List.of(deep));
        }
        assertBad(deep, "conditions stand too deep in each other");
        assertBad(
                Map.of("all", java.util.Collections.nCopies(Conditions.LEAVES_MAX + 1, Map.of("mail", Map.of()))),
                "until: there are too many conditions");
        assertBad("x".repeat(ConditionLine.LENGTH_MAX + 1), "until: the line is too long");
    }

    private static void assertBad(Object written, String told) {
        BadCondition bad = assertThrows(BadCondition.class, () -> Conditions.read("until", written));
        assertTrue(bad.getMessage().contains(told), bad.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {">=2", ">1", "=2", "==2", "2", "!=3", "<=2", "<3"})
    void each_comparison_is_itself(String text) {
        assertTrue(Count.of(text).orElseThrow().holds(2));
        long other = text.contains("<") ? 3 : text.equals("!=3") ? 3 : 1;
        assertEquals(false, Count.of(text).orElseThrow().holds(other));
    }
}
