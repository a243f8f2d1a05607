package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts that operators put into reports, and what they may hold.
final class NoticeTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Call us.                            | Call us.                                 | Call us.
            <B>Call</B> <em>us</EM>             | <b>Call</b> <em>us</em>                  | Call us
            one<BR>two<br/>three                | one<br>two<br>three                      | one/two/three
            one<P>two</P>three                  | one<p>two</p>three                       | one/two/three
            1 &lt; 2 &amp;&gt; &quot;3&quot;    | 1 &lt; 2 &amp;&gt; &quot;3&quot;         | 1 < 2 &> "3"
            <A HREF="http://a.example/?b=1&amp;c=2">x</A> | <a href="http://a.example/?b=1&amp;c=2">x</a> | x<http://a.example/?b=1&c=2>
            <a href='mailto:help@a.example'>x</a> | <a href="mailto:help@a.example">x</a>  | x<mailto:help@a.example>
            <a href=https://a.example>x</a>     | <a href="https://a.example">x</a>        | x<https://a.example>
            Zürich                              | Zürich                                   | Zürich
            """)
    void what_may_stand_in_a_report_is_kept_in_one_form(String written, String html, String plain) {
        NoticeText text = NoticeText.of(written);
        assertEquals(written, text.written());
        assertEquals(html, text.html());
        assertEquals(Arrays.asList(plain.split("/(?=[a-z])(?<=[a-z]/)")), text.plain());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <script>alert(1)</script>           | holds <script>
            <B onclick="x">y</B>                | holds <B onclick="x">
            <a href="javascript:alert(1)">x</a> | has a link to 'javascript:alert(1)'
            <a href="https://a.example" onclick="x">y</a> | holds <a href="https://a.example" onclick="x">
            <a href="https://a.example/<b>">y</a> | holds <a href="https://a.example/<b>
            <a>x</a>                            | holds <a>
            <b>x                                | has no </b>
            <b><em>x</b></em>                   | holds a </b>
            </b>                                | holds a </b>
            x </a>                              | holds a </a>
            <a href="http://a.example"><a href="http://b.example">x</a></a> | has a link within a link
            a & b                               | holds an &
            a &nbsp; b                          | holds an &
            a > b                               | holds a > outside a tag
            a < b                               | holds a < that begins no tag
            <!-- x -->                          | holds <!-- x -->
            """)
    void everything_else_is_refused_with_what_is_wrong(String written, String complaint) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> NoticeText.of(written));
        assertTrue(refused.getMessage().startsWith(complaint), refused.getMessage());
    }

    @Test
    void it_has_at_most_512_characters_and_none_that_steers() {
        assertEquals(512, NoticeText.of("x".repeat(512)).html().length());
        for (String wrong : List.of("x".repeat(513), "", "  ", "a\r\nb", "a\u0000b", "a\ud800b")) {
            assertThrows(IllegalArgumentException.class, () -> NoticeText.of(wrong), wrong);
        }
    }

    @Test
    void whatever_is_thrown_together_is_refused_or_has_only_these_tags_and_closes_them() {
        List<String> pieces = List.of(
                "<b>",
                "</b>",
                "<em>",
                "</em>",
                "<p>",
                "</p>",
                "<br>",
                "<a href=\"http://x.example/\">",
                "</a>",
                "&lt;",
                "&amp;",
                "<",
                ">",
                "&",
                "\"",
                "'",
                "word",
                " ",
                "é",
                "<i>",
                "<a href=x>",
                "=",
                "/");
        SplittableRandom random = new SplittableRandom(1);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder written = new StringBuilder("x");
            for (int n = random.nextInt(8); n > 0; n--) {
                written.append(pieces.get(random.nextInt(pieces.size())));
            }
            try {
                String html = NoticeText.of(written.toString()).html();
                taken++;
                String without = html.replaceAll("</?(?:b|em|p)>|<br>|<a href=\"http://x\\.example/\">|</a>", "")
                        .replaceAll("&(?:lt|gt|quot|amp);", "");
                assertTrue(without.chars().noneMatch(c -> c == '<' || c == '>' || c == '&'), html);
                for (String tag : List.of("b", "em", "a")) {
                    assertEquals(
                            html.split("<" + tag + "[ >]", -1).length, html.split("</" + tag + ">", -1).length, html);
                }
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage() != null, written.toString());
            }
        }
        assertTrue(taken > 1_000, "some of it is right: " + taken);
    }

    @Test
    void a_text_of_ones_own_is_set_for_a_code_and_a_side() throws ConfigException {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "dsn.texts=[{dsnCode: 5.4.4, text: one}, {dsnCode: 5.4.4, internal: false, text: two}]",
                        "dsn.texts[1].text=<b>three</b>"));
        assertEquals(
                List.of("En\\Internal\\5.4.4", "En\\External\\5.4.4"),
                settings.dsnTexts().stream().map(DsnTextSettings::identity).toList());
        assertEquals("<b>three</b>", settings.dsnTexts().get(1).text().html());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{dsnCode: 5.4.4, text: a}, {dsnCode: 5.4.4, text: b}] | 'En\\Internal\\5.4.4' is there twice
            [{dsnCode: 2.0.0, text: a}]                            | '2.0.0' is not an enhanced status code of a failure
            [{dsnCode: 5.4.4, text: <i>a</i>}]                     | holds <i>
            [{dsnCode: 5.4.4, text: a, language: de}]              | 'de' is not a language that reports are written in
            [{dsnCode: 5.4.4}]                                     | dsn.texts[0].text
            """)
    void a_text_that_cannot_be_used_is_a_fault(String value, String complaint) {
        ConfigException faults = assertThrows(
                ConfigException.class, () -> Settings.load(Optional.empty(), Map.of(), List.of("dsn.texts=" + value)));
        assertTrue(faults.getMessage().contains(complaint.replace("\\\\", "\\")), faults.getMessage());
    }

    @Test
    void a_delay_that_is_shorter_than_the_quick_retries_is_noticed_and_allowed() throws ConfigException {
        Settings settings =
                Settings.load(Optional.empty(), Map.of(), List.of("transport.delayNotificationTimeout=00:30:00"));
        assertEquals(1, settings.notices().size());
        assertTrue(
                settings.notices().getFirst().startsWith("transport.delayNotificationTimeout (00:30:00) is not more"));
        assertEquals(settings.notices(), settings.onFreePorts().notices());
        assertEquals(
                List.of(),
                Settings.load(Optional.empty(), Map.of(), List.of("transport.delayNotificationTimeout=00:30:01"))
                        .notices());
    }
}
