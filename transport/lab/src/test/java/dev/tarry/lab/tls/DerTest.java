package dev.tarry.lab.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class DerTest {
    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    @Test
    void values_are_written_as_x_690_has_them() {
        assertEquals("0101ff", hex(Der.truth()));
        assertEquals("020100", hex(Der.integer(0)));
        assertEquals("02017f", hex(Der.integer(127)));
        assertEquals("02020080", hex(Der.integer(128)));
        assertEquals("0209010000000000000000", hex(Der.integer(BigInteger.TWO.pow(64))));
        assertEquals("03020780", hex(Der.bits(7, (byte) 0x80)));
        assertEquals("0402cafe", hex(Der.octets(new byte[] {(byte) 0xca, (byte) 0xfe})));
        assertEquals("3000", hex(Der.sequence()));
        assertEquals("30060101ff020103", hex(Der.sequence(Der.truth(), Der.integer(3))));
        assertEquals("a003020102", hex(Der.wrapped(0, Der.integer(2))));
        assertEquals("820161", hex(Der.tagged(2, Der.ascii("a"))));
    }

    @Test
    void object_identifiers_have_arcs_of_any_size() {
        assertEquals("0603551d11", hex(Der.oid("2.5.29.17")));
        assertEquals("06082a8648ce3d040302", hex(Der.oid("1.2.840.10045.4.3.2")));
        assertEquals("06062a00017f8100", hex(Der.oid("1.2.0.1.127.128")));
        assertEquals("06052a8180807f", hex(Der.oid("1.2.2097279")));
    }

    @Test
    void lengths_grow_with_the_content() {
        assertEquals("047f", hex(Der.octets(new byte[127])).substring(0, 4));
        assertEquals("048180", hex(Der.octets(new byte[128])).substring(0, 6));
        assertEquals("0481ff", hex(Der.octets(new byte[255])).substring(0, 6));
        assertEquals("04820100", hex(Der.octets(new byte[256])).substring(0, 8));
        assertEquals("0483010000", hex(Der.octets(new byte[65_536])).substring(0, 10));
        assertEquals(65_536 + 5, Der.octets(new byte[65_536]).length);
    }

    @Test
    void years_from_2050_on_are_written_whole() {
        assertEquals("170d" + hex(Der.ascii("491231235959Z")), hex(Der.time(Instant.parse("2049-12-31T23:59:59Z"))));
        assertEquals("180f" + hex(Der.ascii("20500101000000Z")), hex(Der.time(Instant.parse("2050-01-01T00:00:00Z"))));
    }
}
