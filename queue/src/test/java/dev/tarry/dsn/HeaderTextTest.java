package dev.tarry.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTextTest {
    @Test
    void a_short_ascii_subject_stands_as_it_is() {
        assertEquals("Subject: Undeliverable: Hello", HeaderText.unstructured("Subject", "Undeliverable: Hello"));
        assertEquals("Subject:", HeaderText.unstructured("Subject", ""));
    }

    @Test
    void a_long_ascii_subject_is_folded_at_blanks() {
        assertEquals(
                "Subject: one two three four five six seven eight nine ten eleven twelve\r\n thirteen fourteen",
                HeaderText.unstructured(
                        "Subject", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Undeliverable: Grüße",
                "a  b",
                "=?utf-8?Q?x?=",
                "三月の数字三月の数字三月の数字三月の数字三月の数字三月の数字三月の数字三月の数字三月の数字",
                "📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈📈",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void what_cannot_stand_as_it_is_is_encoded_in_short_words(String text) throws Exception {
        String field = HeaderText.unstructured("Subject", text);
        for (String line : field.split("\r\n")) {
            assertTrue(line.length() <= HeaderText.LINE, line);
            assertTrue(line.matches("(Subject:)? =\\?utf-8\\?B\\?[A-Za-z0-9+/=]+\\?="), line);
        }
        assertEquals(text, MimeUtility.decodeText(MimeUtility.unfold(field.substring("Subject:".length() + 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a>,<evil@x.example", "a\"b", "\"half", "a..b", ".a", "a,b", "\"a\"b\"", "\"a\\\""})
    void a_local_part_that_could_be_read_as_more_is_quoted(String local) throws Exception {
        InternetAddress[] read = InternetAddress.parse(HeaderText.angle(new EmailAddress(local, "dest.example")), true);
        assertEquals(1, read.length);
        assertTrue(read[0].getAddress().startsWith("\"") && read[0].getAddress().endsWith("\"@dest.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b+c", "\"a b\"", "\"a\\\"b\"", "o'neil", "jürgen"})
    void a_proper_local_part_is_left_alone(String local) {
        assertEquals("<" + local + "@dest.example>", HeaderText.angle(new EmailAddress(local, "dest.example")));
    }
}
