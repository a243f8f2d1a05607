package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CapabilitiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "=", "==", " = ", "=SIZE", "SIZE=", "SIZE x", "SIZE 99999999999999999999", "?", "X=Y=Z"
            })
    void a_line_that_makes_no_sense_offers_nothing(String line) {
        Capabilities host = Capabilities.of(Reply.of(250, "mx", line, "PIPELINING"));
        assertTrue(host.pipelining());
        assertEquals(OptionalLong.empty(), host.maxBytes());
        assertFalse(host.dsn());
    }

    @Test
    void a_size_of_0_is_no_limit() {
        assertEquals(
                OptionalLong.empty(),
                Capabilities.of(Reply.of(250, "mx", "SIZE 0")).maxBytes());
        assertEquals(
                OptionalLong.of(7),
                Capabilities.of(Reply.of(250, "mx", "size=7")).maxBytes());
    }
}
