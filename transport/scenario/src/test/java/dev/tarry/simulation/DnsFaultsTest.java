package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.queue.QueueStatus;
import dev.tarry.server.Plan;
import dev.tarry.tracking.MemoryTrackingLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each DNS fault does to mail: whether it waits, goes, or comes back.
final class DnsFaultsTest {
    private static final Plan PLAN = Plan.of(Settings.defaults(), ZoneOffset.UTC);
    private static final String TO = "bob@fabrikam.com";

    /// As long as a look-up may take, and a little more.
    private static final Duration ATTEMPT = Duration.ofSeconds(61);

    /// One message on its way through bad weather.
    private static final class Story implements AutoCloseable {
        final MemoryTrackingLog tracking = new MemoryTrackingLog();
        final Simulation simulation;

        Story(String fault) {
            simulation = new Simulation("dns " + fault, 1, PLAN, tracking);
            simulation.lab().addFault(fault);
        }

        Story send() {
            List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
            simulation.send("alice@company.com", List.of(TO), SimulationTest.TEXT, outcomes::add);
            simulation.pass(ATTEMPT);
            assertTrue(outcomes.getFirst().accepted(), outcomes::toString);
            return this;
        }

        /// What has become of it, and that nothing else has.
        String fate() throws Exception {
            int delivered = simulation.lab().mail(TO, "*", 10).size();
            int reports = simulation.store().items("alice@company.com").size();
            var waiting = simulation.await(simulation.server().queues().views()).stream()
                    .filter(view -> view.status() == QueueStatus.RETRY)
                    .toList();
            assertEquals(1, delivered + reports + waiting.size(), tracking::text);
            if (delivered == 1) {
                return "goes";
            }
            return reports == 1
                    ? "comes back"
                    : "waits: " + waiting.getFirst().lastError().details();
        }

        @Override
        public void close() {
            simulation.close();
        }
    }

    private static final String QUERY_FAILED = "451 4.4.0 DNS query failed";
    private static final String ERROR_RETRY = QUERY_FAILED + ". The error was: DNS query failed with error ErrorRetry";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noanswer",
                "delay by=6s",
                "servfail",
                "refused",
                "notimp",
                "formerr",
                "edns how=silent",
                "edns how=garbled",
                "wrongid",
                "wrongquestion",
                "wrongsource",
                "garbage",
                "empty",
                "counts",
                "lengths",
                "compression"
            })
    void mail_waits_while_no_server_answers_and_goes_once_when_it_is_mended(String fault) throws Exception {
        waitsAndGoes(fault, ERROR_RETRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lame", "cnameloop", "cnamechain length=20", "many count=4000"})
    void mail_waits_while_the_answers_make_no_sense(String fault) throws Exception {
        waitsAndGoes(fault, QUERY_FAILED);
    }

    @Test
    void mail_waits_while_its_host_is_said_to_be_at_a_loopback_address() throws Exception {
        waitsAndGoes(
                "mx to=loopback",
                "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect -> SocketTimedout:"
                        + " Socket error code 10060");
    }

    /// The answer for MX brings the address of the host along; by its name it is asked for nevertheless.
    @Test
    void addresses_that_come_along_with_the_exchanges_are_not_believed() throws Exception {
        try (var story = new Story("dns servfail name=mail.fabrikam.com type=A server=9.9.9.9").send()) {
            assertEquals("goes", story.fate());
            assertTrue(
                    story.simulation.lab().queries(100).stream()
                            .anyMatch(query -> query.name().equals("mail.fabrikam.com")
                                    && query.type().equals("A")
                                    && query.askedBy().equals("client")),
                    "nobody asked for the host's address");
        }
        waitsAndGoes("servfail name=mail.fabrikam.com type=A", ERROR_RETRY);
    }

    private static void waitsAndGoes(String fault, String lastError) throws Exception {
        try (var story = new Story("dns " + fault).send()) {
            assertEquals("waits: " + lastError, story.fate());
            story.simulation.lab().clearFaults();
            story.simulation.pass(Duration.ofMinutes(15));
            assertEquals("goes", story.fate());
        }
    }

    /// The servers are 192.168.1.10, which asks 8.8.8.8 and 1.1.1.1, and 192.168.1.11.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "noanswer",
                "delay by=20s",
                "servfail",
                "refused",
                "notimp",
                "formerr",
                "lame",
                "edns how=silent",
                "edns how=garbled",
                "wrongid",
                "wrongquestion",
                "wrongsource",
                "garbage",
                "empty",
                "counts",
                "lengths",
                "compression"
            })
    void mail_goes_while_one_server_is_left_that_answers(String fault) throws Exception {
        for (var server : List.of("192.168.1.10", "192.168.1.11", "8.8.8.8")) {
            try (var story = new Story("dns " + fault + " server=" + server).send()) {
                assertEquals("goes", story.fate(), server);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.10", "192.168.1.11"})
    void mail_goes_while_one_server_is_left_whose_answer_is_whole(String server) throws Exception {
        try (var story = new Story("dns many count=4000 server=" + server).send()) {
            assertEquals("goes", story.fate());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate",
                "noanswer protocol=tcp",
                "delay by=500ms",
                "ttl seconds=0",
                "ttl seconds=4294967295",
                "cnamechain length=5",
                "mx to=cname",
                "nodata type=AAAA",
                "many count=500",
                "poison",
                "edns how=formerr",
                "edns how=notimp",
                "edns how=badvers",
                "stray count=20",
                "servfail every=2"
            })
    void mail_goes_where_a_careful_resolver_finds_the_truth(String fault) throws Exception {
        try (var story = new Story("dns " + fault).send()) {
            assertEquals("goes", story.fate());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nxdomain | NonExistentDomain",
                "nodata | NonExistentDomain",
                "mx to=null | NonExistentDomain",
                "mx to=nowhere | NonExistentDomain",
                "mx to=address | NonExistentDomain",
                "mx to=self | MxLoopback",
            })
    void mail_comes_back_when_dns_says_that_there_is_nowhere_to_go(String fault, String reason) throws Exception {
        try (var story = new Story("dns " + fault + " name=*fabrikam.com").send()) {
            assertEquals("comes back", story.fate());
            assertTrue(story.tracking.text().contains("SMTPSEND.DNS." + reason), story.tracking::text);
        }
    }

    @Test
    void an_answer_that_was_cut_waits_while_tcp_is_refused_or_silent() throws Exception {
        for (var what : List.of("refuse", "blackhole")) {
            try (var story = new Story("dns truncate")) {
                story.simulation.lab().addFault("connect " + what + " port=53 protocol=tcp");
                assertEquals("waits: " + ERROR_RETRY, story.send().fate());
            }
        }
    }

    @Test
    void a_host_without_mx_gets_mail_at_its_own_address() throws Exception {
        try (var story = new Story("dns nodata type=MX").send()) {
            assertEquals("goes", story.fate());
            assertEquals(
                    "fabrikam.com",
                    story.simulation.lab().mail(TO, "*", 10).getFirst().host());
        }
    }
}
