package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteDomainsTest {
    private static RemoteDomains.Entry entry(String domain, boolean reports, boolean ndr) {
        return new RemoteDomains.Entry(domain, new RemoteDomains.Terms(false, reports, ndr));
    }

    private static QueueBench bench(RemoteDomains.Entry... remotes) {
        return QueueBench.with(new QueueSettings.DsnSettings(
                "postmaster@company.com",
                QueueSettings.DsnStyle.EXCHANGE,
                QueueSettings.DsnStyle.EXCHANGE,
                Set.of(),
                List.of(),
                new RemoteDomains(List.of(remotes))));
    }

    @ParameterizedTest
    @CsvSource({
        "other.example, 1",
        "fabrikam.com, 2",
        "x.fabrikam.com, 2",
        "notfabrikam.com, 1",
        "eu.fabrikam.com, 4",
        "y.eu.fabrikam.com, 3"
    })
    void the_entry_that_says_most_counts(String domain, int which) {
        List<String> domains = List.of("*", "*.fabrikam.com", "*.eu.fabrikam.com", "eu.fabrikam.com");
        RemoteDomains.Terms of = null;
        for (int i = 0; i < domains.size(); i++) {
            int here = i;
            RemoteDomains all = new RemoteDomains(domains.stream()
                    .map(one -> entry(one, true, !one.equals(domains.get(here))))
                    .toList());
            of = all.of(domain);
            assertEquals(here + 1 != which, of.ndr(), domain + " by " + domains.get(i));
        }
    }

    private static List<List<String>> told(QueueBench house, String what) {
        return house.reports(what).stream().map(TrackingEvent::recipients).toList();
    }

    private static void fail(QueueBench house, String from) {
        house.send(from, "b@gmail.com");
        Queues.Attempt attempt = house.attempt("gmail.com");
        house.queues.attemptRejected(
                attempt, Reply.of(554, "5.4.4 nonexistent domain"), TrackingEvent.Source.DNS, Endpoint.NONE);
        house.run();
    }

    @Test
    void a_domain_that_is_spared_ndrs_gets_none_and_others_do_and_the_mail_is_gone_all_the_same() {
        QueueBench house = bench(entry("*", true, true), entry("spared.example", true, false));
        fail(house, "s@spared.example");
        fail(house, "s@other.example");
        fail(house, "a@company.com");
        assertEquals(List.of(List.of("s@other.example"), List.of("a@company.com")), told(house, "Undeliverable"));
        assertEquals(3, house.tracked(TrackingEvent.Event.FAIL).size());
    }

    @Test
    void our_own_people_hear_of_failures_whatever_is_said_of_all_others() {
        QueueBench house = bench(entry("*", false, false));
        fail(house, "s@other.example");
        fail(house, "a@company.com");
        assertEquals(List.of(List.of("a@company.com")), told(house, "Undeliverable"));
    }

    @Test
    void delays_are_delivery_reports() {
        QueueBench house = bench(entry("spared.example", false, true), entry("quiet.example", true, false));
        house.send("s@spared.example", "b@gmail.com");
        house.send("s@quiet.example", "b@gmail.com");
        house.queues.attemptFailed(
                house.attempt("gmail.com"), ErrorRecord.NONE, Endpoint.NONE, TrackingEvent.Source.DNS);
        house.pass(Duration.ofHours(5));
        assertEquals(List.of(List.of("s@quiet.example")), told(house, "Delayed"));
    }
}
