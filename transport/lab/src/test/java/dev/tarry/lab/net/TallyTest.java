package dev.tarry.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.net.TcpTally.End;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final WireLedger ledger = new WireLedger(inFlight::incrementAndGet, inFlight::decrementAndGet);
    private final TcpTally tcp = new TcpTally(ledger, new WireLedger.Pair(null, null));
    private final UdpTally udp = new UdpTally(ledger, new InetSocketAddress(53));

    private void settled() {
        assertEquals(0, inFlight.get());
    }

    private void waiting() {
        assertEquals(1, inFlight.get());
    }

    @Test
    void a_connection_is_in_flight_until_it_has_been_accepted() {
        tcp.present(End.CLIENT);
        tcp.up(End.CLIENT);
        waiting();
        tcp.present(End.LAB);
        waiting();
        tcp.up(End.LAB);
        settled();
    }

    @Test
    void a_connection_may_be_accepted_before_its_dialler_knows() {
        tcp.present(End.LAB);
        tcp.wrote(End.LAB, 20);
        tcp.up(End.LAB);
        settled();
        tcp.present(End.CLIENT);
        waiting();
        tcp.up(End.CLIENT);
        tcp.read(End.CLIENT, 20);
        settled();
    }

    @Test
    void octets_are_in_flight_until_the_other_end_has_read_them_all() {
        tcp.present(End.CLIENT);
        tcp.present(End.LAB);
        tcp.up(End.CLIENT);
        tcp.up(End.LAB);
        tcp.wrote(End.CLIENT, 10);
        waiting();
        tcp.read(End.LAB, 4);
        waiting();
        tcp.wrote(End.LAB, 3);
        tcp.read(End.LAB, 6);
        waiting();
        tcp.read(End.CLIENT, 3);
        settled();
    }

    @Test
    void a_close_is_in_flight_until_the_other_end_has_gone_too_and_takes_all_octets_with_it() {
        tcp.present(End.CLIENT);
        tcp.present(End.LAB);
        tcp.up(End.CLIENT);
        tcp.up(End.LAB);
        tcp.wrote(End.CLIENT, 10);
        tcp.closing(End.LAB);
        waiting();
        tcp.gone(End.LAB);
        waiting();
        assertFalse(tcp.over());
        tcp.gone(End.CLIENT);
        settled();
        assertTrue(tcp.over());
    }

    @Test
    void half_a_close_is_in_flight_until_the_other_end_closes_and_no_longer_where_that_is_known_already() {
        tcp.present(End.CLIENT);
        tcp.present(End.LAB);
        tcp.up(End.CLIENT);
        tcp.up(End.LAB);
        tcp.halfClosing(End.LAB);
        waiting();
        tcp.closing(End.CLIENT);
        tcp.gone(End.CLIENT);
        waiting();
        tcp.labSawTheEnd();
        settled();
        tcp.closing(End.LAB);
        waiting();
        tcp.gone(End.LAB);
        settled();
        assertTrue(tcp.over());
    }

    @Test
    void a_dialler_that_is_never_accepted_takes_its_work_with_it() {
        tcp.present(End.CLIENT);
        tcp.gone(End.CLIENT);
        settled();
        assertTrue(tcp.over());
    }

    @Test
    void a_strangers_connection_is_never_in_flight() {
        tcp.present(End.LAB);
        tcp.wrote(End.LAB, 1);
        tcp.read(End.LAB, 2);
        tcp.closing(End.LAB);
        settled();
        tcp.gone(End.LAB);
        assertTrue(tcp.over());
    }

    @Test
    void the_same_end_cannot_come_twice() {
        assertTrue(tcp.present(End.LAB));
        assertFalse(tcp.present(End.LAB));
    }

    @Test
    void a_datagram_is_in_flight_until_it_is_handled_and_a_reply_until_it_is_received() {
        udp.sent();
        waiting();
        udp.replied();
        udp.handled();
        waiting();
        udp.received();
        settled();
    }

    @Test
    void silence_settles() {
        udp.sent();
        udp.handled();
        settled();
    }

    @Test
    void a_reply_that_could_not_be_sent_is_not_waited_for() {
        udp.sent();
        udp.replied();
        udp.handled();
        udp.replyFailed();
        settled();
    }

    @Test
    void closing_the_socket_writes_everything_off() {
        udp.sent();
        udp.replied();
        waiting();
        udp.writeOff();
        settled();
        udp.handled();
        udp.replied();
        settled();
    }
}
