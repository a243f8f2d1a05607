package dev.tarry.dsn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class QuotedPrintableTest {
    @Test
    void text_stays_readable_and_what_could_be_lost_is_encoded() {
        assertEquals("a=3Db=20", encoded("a=b "));
        assertEquals("=2D-b\r\nx--", encoded("--b\r\nx--"));
        assertEquals("a=20\r\nb=09", encoded("a \r\nb\t"));
        assertEquals("=0D", encoded("\r"));
        assertEquals("x".repeat(76), encoded("x".repeat(76)));
        assertEquals("x".repeat(75) + "=\r\nxx", encoded("x".repeat(77)));
    }

    @Test
    void any_octets_come_back_from_short_lines() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            for (int k = 0; k < octets.length; k++) {
                octets[k] = random.nextInt(3) == 0 ? octets[k] : (byte) "ab =.\r\n\t".charAt(random.nextInt(8));
            }
            byte[] encoded = QuotedPrintable.encode(octets, octets.length);
            for (String line : new String(encoded, StandardCharsets.US_ASCII).split("\r\n", -1)) {
                assertTrue(
                        line.length() <= 76
                                && !line.endsWith(" ")
                                && !line.startsWith("--")
                                && line.matches("[\\x20-\\x7e\\t]*"),
                        line);
            }
            assertArrayEquals(
                    octets,
                    MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")
                            .readAllBytes());
        }
    }

    private static String encoded(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(QuotedPrintable.encode(octets, octets.length), StandardCharsets.US_ASCII);
    }
}
