package dev.tarry.lab.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes the few types of DER (X.690 §8, §10) that certificates are made of. Each method gives a whole value: tag,
/// length, content.
final class Der {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT = 0x80;
    private static final int CONTEXT_CONSTRUCTED = 0xa0;

    /// RFC 5280 §4.1.2.5: UTCTime up to then, GeneralizedTime from then on.
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

    private static final DateTimeFormatter SHORT_YEAR =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG_YEAR =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... values) {
        return value(SEQUENCE, joined(values));
    }

    static byte[] truth() {
        return value(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    static byte[] integer(long number) {
        return integer(BigInteger.valueOf(number));
    }

    /// @param unusedBits of the last octet, 0 to 7
    static byte[] bits(int unusedBits, byte... octets) {
        return value(BIT_STRING, joined(new byte[] {(byte) unusedBits}, octets));
    }

    static byte[] octets(byte[] octets) {
        return value(OCTET_STRING, octets);
    }

    /// @param dotted such as `2.5.29.17`
    static byte[] oid(String dotted) {
        var arcs = dotted.split("\\.");
        var content = new ByteArrayOutputStream();
        base128(content, Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(content, Integer.parseInt(arcs[i]));
        }
        return value(OBJECT_IDENTIFIER, content.toByteArray());
    }

    static byte[] time(Instant moment) {
        return moment.isBefore(YEAR_2050)
                ? value(UTC_TIME, ascii(SHORT_YEAR.format(moment)))
                : value(GENERALIZED_TIME, ascii(LONG_YEAR.format(moment)));
    }

    /// An implicit tag instead of the value's own.
    static byte[] tagged(int number, byte[] content) {
        return value(CONTEXT | number, content);
    }

    /// An explicit tag around a whole value.
    static byte[] wrapped(int number, byte[] value) {
        return value(CONTEXT_CONSTRUCTED | number, value);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] value(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int octets = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void base128(ByteArrayOutputStream out, int arc) {
        int groups = Math.max(1, (38 - Integer.numberOfLeadingZeros(arc)) / 7);
        for (int shift = (groups - 1) * 7; shift >= 0; shift -= 7) {
            out.write(arc >>> shift & 0x7f | (shift > 0 ? 0x80 : 0));
        }
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
