package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Content with something before it.
final class RawContentTest {
    private static final byte[] ENVELOPE = "X-Sender: <a@company.com>\r\n".getBytes(StandardCharsets.US_ASCII);

    private final StringBuilder given = new StringBuilder();

    private void take(ByteBuffer octets) {
        given.append(StandardCharsets.US_ASCII.decode(octets));
    }

    @Test
    void of_content_that_cannot_be_read_not_even_what_stands_before_it_is_given() {
        RawContent broken = new RawContent("7.eml", 100, _ -> {
                    throw new StoreException("chunk 0 is damaged");
                })
                .after(ENVELOPE);
        assertThrows(StoreException.class, () -> broken.octets().writeTo(this::take));
        assertEquals("", given.toString());
    }

    @Test
    void what_stands_before_is_given_once_and_also_before_nothing() throws Exception {
        RawContent two = new RawContent("7.eml", 4, to -> {
                    to.write(ByteBuffer.wrap(new byte[] {'a', 'b'}));
                    to.write(ByteBuffer.wrap(new byte[] {'c', 'd'}));
                })
                .after(ENVELOPE);
        assertEquals(ENVELOPE.length + 4, two.bytes());
        two.octets().writeTo(this::take);
        two.octets().writeTo(this::take);
        RawContent.of("8.eml", new byte[0]).after(ENVELOPE).octets().writeTo(this::take);
        String envelope = new String(ENVELOPE, StandardCharsets.US_ASCII);
        assertEquals(envelope + "abcd" + envelope + "abcd" + envelope, given.toString());
    }
}
