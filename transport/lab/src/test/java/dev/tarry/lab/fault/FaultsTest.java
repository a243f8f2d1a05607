package dev.tarry.lab.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    private Instant now = FaultGrammarTest.NOW;
    private final AtomicInteger counted = new AtomicInteger();
    private final Faults faults = new Faults(() -> now, counted::incrementAndGet);

    private ActiveFault add(String line) {
        return faults.add(FaultLine.read(line, now));
    }

    private Optional<DnsEffect> ask(String server, String name, String type) {
        return faults.dns(server, name, type, "udp");
    }

    @Test
    void the_first_that_matches_in_the_order_of_adding_wins() {
        add("dns servfail name=gmail.com");
        add("dns refused");
        assertEquals(Optional.of(new DnsEffect.ServFail()), ask("8.8.8.8", "gmail.com", "MX"));
        assertEquals(Optional.of(new DnsEffect.Refused()), ask("8.8.8.8", "yahoo.com", "MX"));
    }

    @Test
    void the_first_n_fire_and_the_next_in_the_list_takes_over() {
        add("dns servfail first=2");
        add("dns refused first=1");
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
        add("dns servfail server=8.8.8.8 name=gmail.com type=MX protocol=udp");
        assertEquals(Optional.empty(), ask("8.8.4.4", "gmail.com", "MX"));
        assertEquals(Optional.empty(), ask("8.8.8.8", "gmail.com", "A"));
        assertEquals(Optional.empty(), ask("8.8.8.8", "yahoo.com", "MX"));
        assertEquals(Optional.empty(), faults.dns("8.8.8.8", "gmail.com", "MX", "tcp"));
        assertEquals(Optional.empty(), faults.connect("8.8.8.8", "8.8.8.8", 53, "udp"));
        assertEquals(Optional.empty(), faults.smtp("gmail.com", SmtpStage.RCPT, "", List.of("a@gmail.com"), 0));
        assertEquals(0, faults.list().getFirst().asked());
    }

    @Test
    void a_connect_fault_knows_host_address_port_and_protocol() {
        add("connect refuse host=*.google.com");
        add("connect blackhole address=198.51.100.31 port=25 protocol=tcp");
        assertEquals(
                Optional.of(new ConnectEffect.Refuse()),
                faults.connect("gmail-smtp-in.l.google.com", "203.0.113.26", 25, "tcp"));
        assertEquals(Optional.of(new ConnectEffect.BlackHole()), faults.connect("", "198.51.100.31", 25, "tcp"));
        assertEquals(Optional.empty(), faults.connect("", "198.51.100.31", 587, "tcp"));
    }

    @Test
    void an_smtp_fault_finds_its_sender_and_any_of_its_recipients() {
        add("smtp close stage=data sender=<> recipient=b@*");
        assertEquals(
                Optional.of(new SmtpEffect.Close()),
                faults.smtp("h", SmtpStage.DATA, "", List.of("a@x.com", "b@x.com"), 0));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.DATA, "s@x.com", List.of("b@x.com"), 0));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.DATA, "", List.of("a@x.com"), 0));
        assertEquals(Optional.empty(), faults.smtp("h", SmtpStage.RCPT, "", List.of("b@x.com"), 0));
    }

    @Test
    void an_id_is_never_given_twice() {
        var first = add("dns servfail");
        assertEquals(Optional.of(first), faults.remove(first.id()));
        assertEquals(Optional.empty(), faults.remove(first.id()));
        faults.clear();
        assertEquals(first.id() + 1, add("dns servfail").id());
        faults.restore(List.of(), 40);
        assertEquals(41, add("dns servfail").id());
    }

    /// For each asking, whether it struck.
    private String askedTimes(int times) {
        var seen = new StringBuilder();
        for (int i = 0; i < times; i++) {
            seen.append(ask("8.8.8.8", "gmail.com", "MX").isPresent() ? 'x' : '.');
        }
        return seen.toString();
    }

    @Test
    void every_nth_strikes_each_nth_of_those_that_match() {
        add("dns servfail every=3 first=2");
        assertEquals("..x..x....", askedTimes(10));
    }

    @Test
    void outside_its_window_it_is_neither_asked_nor_struck() {
        add("dns servfail from=+10m until=+20m");
        assertEquals("..", askedTimes(2));
        now = FaultGrammarTest.NOW.plusSeconds(600);
        assertEquals("xx", askedTimes(2));
        now = FaultGrammarTest.NOW.plusSeconds(1_199);
        assertEquals("x", askedTimes(1));
        now = FaultGrammarTest.NOW.plusSeconds(1_200);
        assertEquals("..", askedTimes(2));
        assertEquals(3, faults.list().getFirst().asked());
    }

    @Test
    void by_turns_it_is_on_and_off() {
        add("dns servfail on=30s off=90s");
        var seen = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            seen.append(askedTimes(1));
            now = now.plusSeconds(30);
        }
        assertEquals("x...x...", seen.toString());
    }

    @Test
    void chance_strikes_about_as_often_as_it_says_and_the_same_seed_strikes_the_same() {
        add("dns servfail probability=0.25 seed=42");
        var first = askedTimes(4_000);
        assertEquals(1_000, first.chars().filter(c -> c == 'x').count(), 100);
        faults.clear();
        add("dns servfail probability=0.25 seed=42");
        assertEquals(first, askedTimes(4_000));
        faults.clear();
        add("dns servfail probability=0.25 seed=43");
        assertNotEquals(first, askedTimes(4_000));
    }

    @Test
    void a_restart_goes_on_in_the_same_row_of_draws() {
        add("dns servfail probability=0.5 seed=1");
        var whole = askedTimes(100);
        faults.clear();
        var fault = add("dns servfail probability=0.5 seed=1").fault();
        var half = askedTimes(50);
        var counters = faults.list().getFirst();
        var later = new Faults(() -> now, () -> {});
        later.restore(List.of(new ActiveFault(9, fault, counters.asked(), counters.fired())), 9);
        var rest = new StringBuilder(half);
        for (int i = 0; i < 50; i++) {
            rest.append(later.dns("8.8.8.8", "gmail.com", "MX", "udp").isPresent() ? 'x' : '.');
        }
        assertEquals(whole, rest.toString());
    }

    @Test
    void all_that_is_wrong_with_a_link_strikes_together() {
        add("link latency by=100ms address=203.0.113.26");
        add("link loss address=8.8.8.8");
        add("link bandwidth rate=1kB host=*.google.com");
        assertTrue(faults.linksAreBad());
        assertEquals(
                List.of(new LinkEffect.Latency(Duration.ofMillis(100)), new LinkEffect.Bandwidth(1_024)),
                faults.link("gmail-smtp-in.l.google.com", "203.0.113.26", 25, "tcp"));
        faults.clear();
        assertFalse(faults.linksAreBad());
    }

    @Test
    void content_is_asked_by_how_much_of_it_has_come() {
        add("smtp close stage=content octets=1000");
        assertEquals(Optional.empty(), faults.smtp("a", SmtpStage.CONTENT, "", List.of("b@c"), 999));
        assertEquals(
                Optional.of(new SmtpEffect.Close()), faults.smtp("a", SmtpStage.CONTENT, "", List.of("b@c"), 1_000));
    }

    @Test
    void tls_and_the_store_have_their_places() {
        add("tls certificate kind=unknownca host=mail.*");
        add("store full operation=commit family=content");
        assertEquals(
                Optional.of(new TlsEffect.Certificate(TlsEffect.Flaw.UNKNOWN_CA)), faults.tls("mail.fabrikam.com"));
        assertEquals(Optional.empty(), faults.tls("mx.fabrikam.com"));
        assertTrue(faults.storeIsBad());
        assertEquals(Optional.of(new StoreEffect.Full()), faults.store("commit", List.of("meta", "content")));
        assertEquals(Optional.empty(), faults.store("commit", List.of("queue")));
        assertEquals(Optional.empty(), faults.store("read", List.of("content")));
    }

    @Test
    void a_store_fault_is_asked_only_where_it_means_something() {
        add("store torn first=1");
        add("store corrupt");
        add("store fail");
        assertEquals(Optional.of(new StoreEffect.Fail()), faults.store("open", List.of("meta")));
        assertEquals(Optional.of(new StoreEffect.Corrupt()), faults.store("read", List.of("meta")));
        assertEquals(Optional.of(new StoreEffect.Torn()), faults.store("commit", List.of("meta")));
        assertEquals(Optional.of(new StoreEffect.Corrupt()), faults.store("commit", List.of("meta")));
        assertEquals(
                List.of(2L, 2L, 1L),
                faults.list().stream().map(ActiveFault::asked).toList());
    }
}
