package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.time.EgressRefused;
import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource({"203.0.113.1, 203.0.113.1:25", "2001:db8::1, [2001:db8:0:0:0:0:0:1]:25"})
    void a_port_is_told_from_the_address_before_it(String ip, String text) {
        InetSocketAddress at = new InetSocketAddress(InetAddress.ofLiteral(ip), 25);
        assertEquals(text, new Target("mx", at).endpoint());
        assertEquals(text, Target.endpoint(at));
        assertEquals(
                "egress is locked: " + text + " is not on the egress allow-list", new EgressRefused(at).getMessage());
        assertEquals("", Target.endpoint(new LocalAddress("in a simulation")));
        assertEquals("", Target.endpoint(InetSocketAddress.createUnresolved("mx", 25)));
    }
}
