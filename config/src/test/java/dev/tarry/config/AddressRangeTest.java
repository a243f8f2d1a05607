package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5, 10.0.0.5, 10.0.0.5, 10.0.0.6",
        "10.1.2.3/8, 10.0.0.0/8, 10.0.0.0, 10.255.255.255, 11.0.0.0",
        "10.1.2.3(255.255.0.0), 10.1.0.0/16, 10.1.0.0, 10.1.255.255, 10.2.0.0",
        "10.0.0.5-10.0.0.9, 10.0.0.5-10.0.0.9, 10.0.0.5, 10.0.0.9, 10.0.0.10",
        "10.0.0.4 - 10.0.0.7, 10.0.0.4/30, 10.0.0.4, 10.0.0.7, 10.0.0.3",
        "0.0.0.0/0, 0.0.0.0-255.255.255.255, 0.0.0.0, 255.255.255.255, ::1",
        "0.0.0.0-255.255.255.255, 0.0.0.0-255.255.255.255, 1.2.3.4, 127.0.0.1, ::",
        "200.0.0.0/31, 200.0.0.0/31, 200.0.0.0, 200.0.0.1, 200.0.0.2",
        "::1, ::1, ::1, ::1, ::2",
        "2001:db8::/32, 2001:db8::/32, 2001:db8::, 2001:db8:ffff::1, 2001:db9::",
        "::/0, ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::, fe80::1, 10.0.0.1",
        "fe80::1-fe80::9, fe80::1-fe80::9, fe80::1, fe80::9, fe80::a",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1, 2001:db8:0:1::1, 2001:db8:0:1::1, 2001:db8::1"
    })
    void is_written_in_four_forms_and_printed_in_one(
            String written, String printed, String within, String atItsEnd, String outside) {
        AddressRange range = AddressRange.parse(written);
        assertEquals(printed, range.toString());
        assertEquals(range, AddressRange.parse(printed));
        assertTrue(range.contains(InetAddress.ofLiteral(within)));
        assertTrue(range.contains(InetAddress.ofLiteral(atItsEnd)));
        assertFalse(range.contains(InetAddress.ofLiteral(outside)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "10.0.0.9-10.0.0.5",
                "10.0.0.5-::1",
                "10.0.0.0/33",
                "10.0.0.0(255.0.255.0)",
                "10.0.0.0/8-11.0.0.0/8",
                "10.0.0.5-",
                "mail.company.com",
                "10.0.0",
                "10.0.0.0-10.0.0.1-10.0.0.2"
            })
    void what_is_no_range_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }

    @Test
    void a_range_lies_within_apart_from_or_across_another() {
        AddressRange all = AddressRange.parse("0.0.0.0/0");
        AddressRange ten = AddressRange.parse("10.0.0.0/8");
        AddressRange across = AddressRange.parse("10.255.0.0-11.0.0.1");
        assertTrue(all.contains(ten));
        assertFalse(ten.contains(all));
        assertTrue(across.meets(ten) && ten.meets(across));
        assertFalse(across.contains(ten) || ten.contains(across));
        assertFalse(ten.meets(AddressRange.parse("11.0.0.0/8")));
        assertEquals(1 << 24, ten.size().intValueExact());
    }
}
