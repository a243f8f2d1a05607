package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.server.Plan;
import dev.tarry.store.MailboxItem;
import dev.tarry.tracking.MemoryTrackingLog;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What MaxSendSize, MaxReceiveSize and MaxRecipientEnvelopeLimit do to mail.
final class OrganizationLimitsTest {
    private static final String ALICE = "alice@company.com";
    private static final String OUTSIDE = "bob@fabrikam.com";
    private static final String HERE = "carol@company.com";
    private static final String LARGE =
            SimulationTest.TEXT + "x".repeat(70).concat("\r\n").repeat(30);

    /// Every client is a server of ours.
    private static final String[] OURS = {
        "receiveConnectors.0.authMechanism=Tls,ExternalAuthoritative",
        "receiveConnectors.0.permissionGroups=ExchangeServers"
    };

    private static Plan plan(String[] more, String... sets) {
        try {
            return Plan.of(
                    Settings.load(
                            Optional.empty(),
                            Map.of(),
                            Stream.concat(Stream.of(sets), Stream.of(more)).toList()),
                    ZoneOffset.UTC);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    /// A server under such limits.
    private static final class Story implements AutoCloseable {
        final MemoryTrackingLog tracking = new MemoryTrackingLog();
        final Simulation simulation;

        Story(boolean ours, String... sets) {
            simulation = new Simulation(
                    "limits " + ours + String.join(" ", sets), 1, plan(ours ? OURS : new String[0], sets), tracking);
        }

        Story send(String text, String... to) {
            List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
            simulation.send(ALICE, List.of(to), text, outcomes::add);
            simulation.pass(Duration.ofMinutes(1));
            assertTrue(outcomes.getFirst().accepted(), outcomes::toString);
            return this;
        }

        int outside() {
            return simulation.lab().mail(OUTSIDE, "*", 10).size();
        }

        List<MailboxItem> mailbox(String address) throws Exception {
            return simulation.store().items(address);
        }

        /// What was tracked of recipients that failed.
        List<String> failures() {
            return tracking.events().stream()
                    .filter(event -> event.event() == TrackingEvent.Event.FAIL)
                    .map(event -> event.source() + " " + String.join(",", event.recipients()) + " "
                            + String.join(",", event.recipientStatus()))
                    .toList();
        }

        @Override
        public void close() {
            simulation.close();
        }
    }

    @Test
    void what_is_too_large_to_send_comes_back_to_its_sender_and_reaches_nobody() throws Exception {
        try (var story = new Story(true, "organization.maxSendSize=2KB").send(LARGE, OUTSIDE, HERE)) {
            assertEquals(0, story.outside());
            assertEquals(0, story.mailbox(HERE).size());
            assertEquals(1, story.mailbox(ALICE).size());
            assertEquals("Undeliverable: hello", story.mailbox(ALICE).getFirst().subject());
            assertEquals(1, story.failures().size(), story.tracking::text);
            assertTrue(
                    story.failures()
                            .getFirst()
                            .contains(
                                    "550 5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this organization"),
                    story.tracking::text);
            story.send(SimulationTest.TEXT, OUTSIDE, HERE);
            assertEquals(1, story.outside());
            assertEquals(1, story.mailbox(HERE).size());
        }
    }

    @Test
    void what_strangers_send_through_is_none_of_the_organizations_business() throws Exception {
        try (var story = new Story(
                        false,
                        "organization.maxSendSize=2KB",
                        "organization.maxReceiveSize=2KB",
                        "organization.maxRecipientEnvelopeLimit=1")
                .send(LARGE, OUTSIDE, "dan@fabrikam.com")) {
            assertEquals(1, story.outside());
            assertEquals(List.of(), story.failures());
        }
    }

    @Test
    void what_is_too_large_to_receive_comes_back_and_the_rest_of_its_recipients_get_it() throws Exception {
        try (var story = new Story(false, "organization.maxReceiveSize=2KB").send(LARGE, OUTSIDE, HERE)) {
            assertEquals(1, story.outside());
            assertEquals(0, story.mailbox(HERE).size());
            assertEquals(1, story.mailbox(ALICE).size(), "the report, which is larger still, is bound by no limit");
            assertEquals(1, story.failures().size(), story.tracking::text);
            assertTrue(
                    story.failures()
                            .getFirst()
                            .contains("550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"),
                    story.tracking::text);
            assertTrue(story.failures().getFirst().contains(HERE), story.tracking::text);
        }
    }

    @Test
    void one_recipient_too_many_and_nobody_gets_it() throws Exception {
        String[] four =
                IntStream.range(0, 4).mapToObj(i -> "r" + i + "@fabrikam.com").toArray(String[]::new);
        try (var story = new Story(true, "organization.maxRecipientEnvelopeLimit=3").send(SimulationTest.TEXT, four)) {
            assertEquals(0, story.simulation.lab().mail("*", "*", 10).size());
            assertEquals(1, story.mailbox(ALICE).size());
            assertTrue(
                    story.failures().stream()
                            .allMatch(one -> one.contains("550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients")),
                    story.tracking::text);
            story.send(SimulationTest.TEXT, four[0], four[1], four[2]);
            assertEquals(1, story.simulation.lab().mail("*", "*", 10).size());
        }
    }

    @Test
    void who_handed_a_message_in_is_known_after_a_restart_too() throws Exception {
        try (var story = new Story(true)) {
            story.simulation.lab().addFault("dns servfail name=fabrikam.com");
            story.send(LARGE, OUTSIDE);
            story.simulation.kill();
            story.simulation.start();
            story.simulation.pass(Duration.ofSeconds(10));
            story.simulation.apply(plan(OURS, "organization.maxSendSize=2KB"));
            var queue = story
                    .simulation
                    .await(story.simulation.server().queues().views())
                    .stream()
                    .filter(view -> view.key().nextHopDomain().equals("fabrikam.com"))
                    .findFirst()
                    .orElseThrow();
            story.simulation.await(story.simulation
                    .server()
                    .queues()
                    .administration()
                    .carryOut(new QueueOrder.Resubmit(), queue.id()));
            story.simulation.pass(Duration.ofMinutes(1));
            assertEquals(1, story.failures().size(), story.tracking::text);
            assertEquals(1, story.mailbox(ALICE).size());
        }
    }

    @Test
    void another_limit_holds_from_the_next_message_on() throws Exception {
        try (var story = new Story(true).send(LARGE, OUTSIDE)) {
            story.simulation.apply(plan(OURS, "organization.maxSendSize=2KB"));
            story.send(LARGE, OUTSIDE);
            assertEquals(1, story.outside());
            assertEquals(1, story.mailbox(ALICE).size());
            story.simulation.apply(plan(OURS, "organization.maxSendSize=unlimited"));
            story.send(LARGE, OUTSIDE);
            assertEquals(2, story.outside());
        }
    }
}
