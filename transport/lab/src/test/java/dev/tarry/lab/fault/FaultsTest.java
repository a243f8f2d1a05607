package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.lab.fault.Fault.ConnectEffect;
import dev.tarry.lab.fault.Fault.DnsEffect;
import dev.tarry.lab.fault.Fault.SmtpEffect;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    private final AtomicInteger counted = new AtomicInteger();
    private final Faults faults = new Faults(counted::incrementAndGet);

    private ActiveFault add(String line) {
        return faults.add(FaultGrammar.read(FaultGrammarTest.words(line)));
    }

    private Optional<DnsEffect> ask(String server, String name, String type) {
        return faults.dns(server, name, type, "udp");
    }

    @Test
    void the_first_that_matches_in_the_order_of_adding_wins() {
        add("where=dns what=servfail name=gmail.com");
        add("where=dns what=refused");
        assertEquals(Optional.of(new DnsEffect.ServFail()), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(Optional.of(new DnsEffect.Refused()), ask("8.8.8.8", "yahoo.com", "MX"));
    }

    @Test
    void the_first_n_fire_and_the_next_in_the_list_takes_over() {
        add("where=dns what=servfail first=2");
        add("where=dns what=refused first=1");
        assertEquals(Optional.of(new DnsEffect.ServFail()), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(Optional.of(new DnsEffect.ServFail()), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(Optional.of(new DnsEffect.Refused()), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(Optional.empty(), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(
                List.of(4L, 2L), faults.list().stream().map(ActiveFault::asked).toList());
        assertEquals(
                List.of(2L, 1L), faults.list().stream().map(ActiveFault::fired).toList());
        assertEquals(4, counted.get());
    }

    @Test
    void what_does_not_match_is_neither_counted_nor_struck() {
        add("where=dns what=servfail server=8.8.8.8 name=gmail.com type=MX protocol=udp");
        assertEquals(Optional.empty(), ask("8.8.4.4", "gmail.com", "MX"));
        assertEquals(Optional.empty(), ask("8.8.8.8", "gmail.com", "A"));
        assertEquals(Optional.empty(), ask("8.8.8.8", "yahoo.com", "MX"));
        assertEquals(Optional.empty(), faults.dns("8.8.8.8", "gmail.com", "MX", "tcp"));
        assertEquals(Optional.empty(), faults.connect("8.8.8.8", "8.8.8.8", 53, "udp"));
        assertEquals(Optional.empty(), faults.smtp("gmail.com", SmtpStage.RCPT, "", List.of("a@gmail.com")));
        assertEquals(0, faults.list().getFirst().asked());
    }

    @Test
    void a_connect_fault_knows_host_address_port_and_protocol() {
        add("where=connect what=refuse host=*.google.com");
        add("where=connect what=blackhole address=198.51.100.31 port=25 protocol=tcp");
        assertEquals(
                Optional.of(new ConnectEffect.Refuse()),
                faults.connect("gmail-smtp-in.l.google.com", "203.0.113.26", 25, "tcp"));
        assertEquals(Optional.of(new ConnectEffect.BlackHole()), faults.connect("", "198.51.100.31", 25, "tcp"));
        assertEquals(Optional.empty(), faults.connect("", "198.51.100.31", 587, "tcp"));
    }

    @Test
    void an_smtp_fault_finds_its_sender_and_any_of_its_recipients() {
        add("where=smtp what=close stage=data sender=<> recipient=b@*");
        assertEquals(
                Optional.of(new SmtpEffect.Close()),
                faults.smtp("h", SmtpStage.DATA, "", List.of("a@x.com", "b@x.com")));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.DATA, "s@x.com", List.of("b@x.com")));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.DATA, "", List.of("a@x.com")));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.RCPT, "", List.of("b@x.com")));
    }

    @Test
    void an_id_is_never_given_twice() {
        var first = add("where=dns what=servfail");
        assertEquals(Optional.of(first), faults.remove(first.id()));
        assertEquals(Optional.empty(), faults.remove(first.id()));
        faults.clear();
        assertEquals(first.id() + 1, add("where=dns what=servfail").id());
        faults.restore(List.of(), 40);
        assertEquals(41, add("where=dns what=servfail").id());
    }
}
