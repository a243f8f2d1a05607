package dev.tarry.shell.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressBlocksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0-255.255.255.255                     | 0.0.0.0/0
            ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff  | 0:0:0:0:0:0:0:0/0
            10.0.0.0-10.255.255.255                     | 10.0.0.0/8
            10.0.0.1-10.0.0.6                           | 10.0.0.1/32 10.0.0.2/31 10.0.0.4/31 10.0.0.6/32
            192.0.2.7-192.0.2.7                         | 192.0.2.7/32
            255.255.255.254-255.255.255.255             | 255.255.255.254/31
            2001:db8::-2001:db8::1                      | 2001:db8:0:0:0:0:0:0/127
            192.0.2.0/24                                | 192.0.2.0/24
            192.0.2.9                                   | 192.0.2.9
            relay-host.example                          | relay-host.example
            10.0.0.1-::1                                | 10.0.0.1-::1""")
    void a_range_is_as_few_blocks_as_cover_the_same(String range, String blocks) {
        assertEquals(List.of(blocks.split(" ")), AddressBlocks.of(range));
    }
}
