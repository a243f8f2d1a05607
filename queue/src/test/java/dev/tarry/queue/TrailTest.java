package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import dev.tarry.tracking.PropertyView;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the tracking log tells of a message's way besides what happened.
final class TrailTest {
    private final QueueBench bench = new QueueBench();

    private TrackingEvent only(Event event) {
        List<TrackingEvent> found = bench.tracked(event);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    @Test
    void a_message_from_nobody_that_fails_is_dropped_and_nobody_is_told() {
        bench.send("", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.attemptRejected(attempt, Reply.of(554, "5.4.4 nonexistent domain"), Source.DNS, Endpoint.NONE);
        bench.run();
        TrackingEvent dropped = only(Event.DROP);
        assertEquals(Source.DSN, dropped.source());
        assertEquals(List.of("b@gmail.com"), dropped.recipients());
        assertEquals(List.of("554 5.4.4 nonexistent domain"), dropped.recipientStatus());
        assertEquals("the reverse-path is null", dropped.sourceContext());
        assertEquals(Source.DNS, only(Event.FAIL).source());
        assertEquals(List.of(), bench.tracked(Event.DSN));
    }

    @Test
    void a_message_from_somebody_that_fails_is_reported_and_not_dropped() {
        bench.send("a@elsewhere.example", "b@gmail.com");
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.attemptRejected(attempt, Reply.of(554, "5.4.4 nonexistent domain"), Source.DNS, Endpoint.NONE);
        bench.run();
        assertEquals(only(Event.DSN).messageId(), only(Event.FAIL).reference());
        assertEquals(List.of(), bench.tracked(Event.DROP));
    }

    @Test
    void what_left_says_how_long_it_was_here() {
        bench.send("a@company.com", "b@gmail.com", "c@gmail.com");
        assertTrue(only(Event.RECEIVE).customData().contains("MsgRecipCount=2"));
        bench.pass(Duration.ofMillis(90_060_000));
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.pass(Duration.ofMillis(1_007));
        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.run();
        TrackingEvent sent = only(Event.SEND);
        assertEquals(
                "2026-03-02T08:00:00.000Z;LSRV=mail.company.com:TOTAL-HUB=90061.007|CAT=0.000|QDE=90060.000|SMS=1.007",
                sent.messageInfo());
        assertEquals("0cI: ", only(Event.RECEIVE).messageInfo());
        assertTrue(sent.customData().contains("E2ELatency=90061.007"), sent::toString);
        assertEquals("1.01:01:01.0070000", PropertyView.of(sent).get("MessageLatency"));
        assertEquals("LocalServer", PropertyView.of(sent).get("MessageLatencyType"));
        assertEquals("", PropertyView.of(only(Event.RECEIVE)).get("MessageLatency"));
        assertEquals("None", PropertyView.of(only(Event.RECEIVE)).get("MessageLatencyType"));
    }
}
