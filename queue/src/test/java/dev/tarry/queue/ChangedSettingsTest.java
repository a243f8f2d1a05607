package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Settings that change while mail waits.
final class ChangedSettingsTest {
    private static final String DOMAIN = "external-company.com";
    private static final QueueSettings DEFAULTS = QueueBench.settings(ExchangeProfile.E2019, false);

    private final QueueBench bench = new QueueBench();

    private void fail() {
        bench.queues.attemptFailed(
                bench.attempt(DOMAIN),
                new ErrorRecord("451 4.4.0 DNS query failed", DOMAIN, "", bench.time.millis()),
                new Endpoint("Internet", DOMAIN, ""),
                Source.DNS);
        bench.run();
    }

    private void defer(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                List.of(new Verdict.Deferred(
                        leased.copy().recipients().getFirst().recipient(),
                        new ErrorRecord("452 4.2.2 Mailbox full", domain, "", bench.time.millis()))),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
    }

    private void set(QueueSettings next) {
        bench.queues.settings(next);
        bench.run();
    }

    private static QueueSettings glitchInterval(Duration interval) {
        return with(DEFAULTS, new RetrySchedule(4, interval, 6, Duration.ofMinutes(5), Duration.ofMinutes(10)));
    }

    private static QueueSettings with(QueueSettings s, RetrySchedule retry) {
        return with(s, retry, s.messageRetryInterval(), s.queueMaxIdleTime(), s.maxPerDomainOutboundConnections());
    }

    static QueueSettings messageInterval(Duration interval) {
        return with(DEFAULTS, DEFAULTS.retry(), interval, DEFAULTS.queueMaxIdleTime(), 40);
    }

    private static QueueSettings idle(Duration longest) {
        return with(DEFAULTS, DEFAULTS.retry(), DEFAULTS.messageRetryInterval(), longest, 40);
    }

    private static QueueSettings connections(int most) {
        return with(DEFAULTS, DEFAULTS.retry(), DEFAULTS.messageRetryInterval(), DEFAULTS.queueMaxIdleTime(), most);
    }

    private static QueueSettings with(
            QueueSettings s, RetrySchedule retry, Duration message, Duration idle, int connections) {
        return with(
                s,
                retry,
                message,
                idle,
                connections,
                s.messageExpirationTimeout(),
                s.delayNotificationTimeout(),
                s.expirationSweepInterval());
    }

    private static QueueSettings with(
            QueueSettings s,
            RetrySchedule retry,
            Duration message,
            Duration idle,
            int connections,
            Duration expiration,
            Duration delay,
            Duration sweep) {
        return new QueueSettings(
                s.profile(),
                s.computerName(),
                s.fqdn(),
                s.defaultDomain(),
                s.internalDomains(),
                s.zone(),
                retry,
                s.mailboxDeliveryQueueRetryInterval(),
                s.maxIdleTimeBeforeResubmit(),
                message,
                s.resolverRetryInterval(),
                expiration,
                delay,
                sweep,
                idle,
                connections,
                s.messagesPerConnection(),
                s.deferPerAttempt(),
                s.dsn());
    }

    private static QueueSettings expiry(Duration expiration, Duration sweep) {
        return with(
                DEFAULTS,
                DEFAULTS.retry(),
                DEFAULTS.messageRetryInterval(),
                DEFAULTS.queueMaxIdleTime(),
                40,
                expiration,
                DEFAULTS.delayNotificationTimeout(),
                sweep);
    }

    private static QueueSettings delay(Duration delay) {
        return with(
                DEFAULTS,
                DEFAULTS.retry(),
                DEFAULTS.messageRetryInterval(),
                DEFAULTS.queueMaxIdleTime(),
                40,
                DEFAULTS.messageExpirationTimeout(),
                delay,
                DEFAULTS.expirationSweepInterval());
    }

    @Test
    void a_shorter_delay_timeout_tells_at_once_whoever_is_late_by_it_and_the_others_at_their_new_moment() {
        bench.send("a@company.com", "b@" + DOMAIN);
        bench.pass(Duration.ofHours(1));
        bench.send("c@company.com", "d@" + DOMAIN);
        bench.pass(Duration.ofHours(1));
        set(delay(Duration.ofMinutes(90)));
        bench.pass(Duration.ZERO);
        assertEquals(1, bench.reports("Delayed").size());
        assertEquals(
                List.of("a@company.com"), bench.reports("Delayed").getFirst().recipients());
        bench.pass(Duration.ofMinutes(30).minusMillis(1));
        assertEquals(1, bench.reports("Delayed").size());
        bench.pass(Duration.ofMillis(1));
        assertEquals(
                List.of("c@company.com"), bench.reports("Delayed").getLast().recipients());
    }

    @Test
    void a_longer_delay_timeout_moves_the_moment_back_and_nobody_hears_it_a_second_time() {
        bench.send("a@company.com", "b@" + DOMAIN);
        bench.pass(Duration.ofHours(3));
        set(delay(Duration.ofHours(6)));
        bench.pass(Duration.ofHours(3).minusMillis(1));
        assertEquals(0, bench.reports("Delayed").size());
        bench.pass(Duration.ofMillis(1));
        assertEquals(1, bench.reports("Delayed").size());
        set(delay(Duration.ofHours(8)));
        bench.pass(Duration.ofHours(5));
        set(DEFAULTS);
        bench.pass(Duration.ofHours(1));
        assertEquals(1, bench.reports("Delayed").size());
    }

    @Test
    void a_delay_timeout_behind_the_expiry_tells_nobody() {
        set(delay(Duration.ofDays(3)));
        bench.send("a@company.com", "b@" + DOMAIN);
        bench.pass(Duration.ofDays(4));
        assertEquals(0, bench.reports("Delayed").size());
        assertEquals(1, bench.reports("Undeliverable").size());
    }

    @Test
    void a_shorter_interval_brings_the_next_attempt_forward() {
        bench.send("a@company.com", "b@" + DOMAIN);
        fail();
        Instant failed = bench.time.instant();
        bench.pass(Duration.ofSeconds(10));
        set(glitchInterval(Duration.ofSeconds(20)));
        assertEquals(failed.plusSeconds(20), bench.view(DOMAIN).nextRetryTime().orElseThrow());
        bench.pass(Duration.ofSeconds(10).minusMillis(1));
        assertTrue(bench.attempts.isEmpty());
        bench.pass(Duration.ofMillis(1));
        assertNotNull(bench.attempt(DOMAIN));
    }

    @Test
    void an_interval_that_is_over_already_lets_the_attempt_be_made_at_once() {
        bench.send("a@company.com", "b@" + DOMAIN);
        fail();
        bench.pass(Duration.ofSeconds(30));
        set(glitchInterval(Duration.ofSeconds(20)));
        bench.pass(Duration.ZERO);
        assertNotNull(bench.attempt(DOMAIN));
    }

    @Test
    void a_longer_interval_puts_the_next_attempt_off() {
        bench.send("a@company.com", "b@" + DOMAIN);
        fail();
        bench.pass(Duration.ofSeconds(59));
        set(glitchInterval(Duration.ofHours(1)));
        bench.pass(Duration.ofHours(1).minusSeconds(60));
        assertTrue(bench.attempts.isEmpty(), "the alarm of the old interval has rung");
        assertEquals(QueueStatus.RETRY, bench.view(DOMAIN).status());
        bench.pass(Duration.ofSeconds(1));
        fail();
        assertEquals(1, bench.view(DOMAIN).retryCount());
        assertEquals(
                bench.time.instant().plus(Duration.ofHours(1)),
                bench.view(DOMAIN).nextRetryTime().orElseThrow());
    }

    @Test
    void the_step_of_the_ladder_decides_which_interval_is_meant() {
        bench.send("a@company.com", "b@" + DOMAIN);
        fail();
        Instant failed = bench.time.instant();
        set(with(
                DEFAULTS,
                new RetrySchedule(0, Duration.ofMinutes(1), 0, Duration.ofMinutes(5), Duration.ofMinutes(30))));
        assertEquals(
                failed.plus(Duration.ofMinutes(30)),
                bench.view(DOMAIN).nextRetryTime().orElseThrow());
        bench.pass(Duration.ofMinutes(30).minusMillis(1));
        assertTrue(bench.attempts.isEmpty());
    }

    @Test
    void an_attempt_under_way_is_not_touched() {
        bench.send("a@company.com", "b@" + DOMAIN);
        fail();
        bench.pass(Duration.ofMinutes(1));
        set(glitchInterval(Duration.ofHours(1)));
        assertEquals(QueueStatus.CONNECTING, bench.view(DOMAIN).status());
        bench.pass(Duration.ofHours(2));
        assertEquals(1, bench.attempts.size(), "another attempt beside the one under way");
    }

    @Test
    void a_message_that_waits_on_its_own_account_waits_as_long_as_is_set_now() {
        bench.send("a@company.com", "b@gmail.com");
        defer("gmail.com");
        bench.pass(Duration.ofMinutes(4));
        set(messageInterval(Duration.ofMinutes(20)));
        bench.pass(Duration.ofMinutes(15));
        assertTrue(bench.attempts.isEmpty());
        bench.pass(Duration.ofMinutes(1));
        defer("gmail.com");
        bench.pass(Duration.ofMinutes(1));
        set(messageInterval(Duration.ofMinutes(2)));
        bench.pass(Duration.ofMinutes(1).minusMillis(1));
        assertTrue(bench.attempts.isEmpty());
        bench.pass(Duration.ofMillis(1));
        assertNotNull(bench.attempt("gmail.com"));
    }

    @Test
    void many_waiting_messages_keep_their_order_and_none_is_woken_twice() {
        for (int i = 0; i < 30; i++) {
            bench.send("a@company.com", "b@gmail.com");
            defer("gmail.com");
            bench.pass(Duration.ofSeconds(1));
        }
        set(messageInterval(Duration.ofMinutes(10)));
        set(messageInterval(Duration.ofMinutes(1)));
        bench.pass(Duration.ofSeconds(29));
        assertTrue(bench.attempts.isEmpty());
        bench.pass(Duration.ofSeconds(1));
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        assertEquals(1, bench.lease(attempt, 100).size(), "only the first has waited a minute");
        bench.pass(Duration.ofMinutes(1));
        assertEquals(29, bench.lease(attempt, 100).size());
    }

    @Test
    void a_restart_does_not_hold_a_message_to_a_longer_interval_of_before() {
        bench.send("a@company.com", "b@gmail.com");
        set(messageInterval(Duration.ofHours(20)));
        defer("gmail.com");
        bench.send("a@company.com", "c@outlook.com"); // its sync covers the deferral, which asks for none
        QueueBench next = bench.killed(); // with the defaults
        assertNotNull(next.attempt("outlook.com"));
        next.pass(Duration.ofMinutes(5).minusMillis(1));
        assertTrue(next.attempts.isEmpty());
        next.pass(Duration.ofMillis(1));
        assertNotNull(next.attempt("gmail.com"));
    }

    @Test
    void an_empty_queue_is_removed_when_the_time_of_now_is_over() {
        bench.send("a@company.com", "b@gmail.com");
        deliver();
        bench.pass(Duration.ofMinutes(2));
        set(idle(Duration.ofMinutes(10)));
        bench.pass(Duration.ofMinutes(8).minusMillis(1));
        assertNotNull(bench.view("gmail.com"));
        bench.pass(Duration.ofMillis(1));
        assertNull(bench.view("gmail.com"));

        bench.send("a@company.com", "b@gmail.com");
        deliver();
        bench.pass(Duration.ofMinutes(2));
        set(idle(Duration.ofMinutes(1)));
        bench.pass(Duration.ZERO);
        assertNull(bench.view("gmail.com"));
    }

    private void deliver() {
        Queues.Attempt attempt = bench.attempt("gmail.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
    }

    @Test
    void more_connections_are_made_as_soon_as_they_are_allowed() {
        set(connections(1));
        for (int i = 0; i < 41; i++) {
            bench.send("a@company.com", "b@gmail.com");
        }
        bench.queues.connected(bench.attempt("gmail.com"));
        bench.run();
        assertTrue(bench.attempts.isEmpty());
        set(connections(3));
        assertEquals(2, bench.attempts.size());
    }

    @Test
    void when_a_message_expires_was_fixed_at_its_receipt() {
        bench.send("", "b@" + DOMAIN);
        set(expiry(Duration.ofHours(1), Duration.ZERO));
        bench.pass(Duration.ofHours(48).minusMillis(1));
        assertTrue(bench.tracked(Event.FAIL).isEmpty());
        bench.send("", "c@gmail.com");
        bench.pass(Duration.ofMillis(1));
        assertEquals(1, bench.tracked(Event.FAIL).size());
        bench.pass(Duration.ofHours(1));
        assertEquals(2, bench.tracked(Event.FAIL).size());
    }

    @Test
    void another_sweep_is_looked_for_at_once() {
        set(expiry(Duration.ofMinutes(30), Duration.ofHours(1)));
        bench.send("a@company.com", "b@" + DOMAIN);
        bench.pass(Duration.ofMinutes(31));
        assertTrue(bench.tracked(Event.FAIL).isEmpty(), "the sweep is at the full hour");
        set(expiry(Duration.ofMinutes(30), Duration.ZERO));
        bench.pass(Duration.ZERO);
        assertEquals(1, bench.tracked(Event.FAIL).size());
    }

    @Test
    void what_had_no_way_out_is_offered_again() {
        AtomicReference<Boolean> reachable = new AtomicReference<>(false);
        bench.categorizer = message -> reachable.get()
                ? List.of(new Placement.Shelf(QueueBench.hop("gmail.com"), message.recipients()))
                : List.of(new Placement.Nowhere(message.recipients()));
        bench.send("a@company.com", "b@gmail.com");
        bench.queues.offerUnreachable();
        bench.run();
        assertNull(bench.view("gmail.com"));
        assertEquals(1, bench.messages());
        reachable.set(true);
        assertNull(bench.view("gmail.com"), "nobody said that anything has changed");
        bench.queues.offerUnreachable();
        bench.run();
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(1, bench.messages());
    }

    @Test
    void settings_that_come_while_the_store_is_closed_hold_when_it_is_open() {
        bench.send("a@company.com", "b@" + DOMAIN);
        bench.breakStore();
        bench.queues.settings(glitchInterval(Duration.ofMinutes(7)));
        bench.queues.offerUnreachable();
        bench.attempts.clear(); // of the store that is no more
        bench.mendStore();
        fail();
        assertEquals(
                bench.time.instant().plus(Duration.ofMinutes(7)),
                bench.view(DOMAIN).nextRetryTime().orElseThrow());
        assertFalse(bench.view(DOMAIN).lastError().isNone());
    }

    /// Where an exception does not make a message poison.
    private static QueueSettings patient(QueueSettings settings) {
        return settings.with(new QueueSettings.Keeping(Duration.ZERO, false, Integer.MAX_VALUE));
    }

    private static QueueBench withWhatCannotBeCategorized() {
        QueueBench bench = QueueBench.with(patient(DEFAULTS));
        bench.categorizer = message -> {
            throw new IllegalStateException("a drill");
        };
        bench.send("a@company.com", "b@" + DOMAIN);
        return bench;
    }

    @Test
    void what_could_not_be_categorized_waits_for_the_resolver_interval_of_now() {
        QueueBench bench = withWhatCannotBeCategorized();
        bench.pass(Duration.ofMinutes(9));
        bench.categorizer = QueueBench::byDomain;
        bench.queues.settings(patient(messageInterval(Duration.ofMinutes(1)))); // is another matter
        bench.pass(Duration.ofSeconds(30));
        assertNull(bench.view(DOMAIN));
        bench.queues.settings(patient(QueueBench.resolverRetry(DEFAULTS, Duration.ofMinutes(10))));
        bench.pass(Duration.ofSeconds(29));
        assertNull(bench.view(DOMAIN));
        bench.pass(Duration.ofSeconds(1));
        assertEquals(1, bench.view(DOMAIN).messageCount());
    }

    @Test
    void what_could_not_be_categorized_waits_half_an_hour() {
        QueueBench bench = withWhatCannotBeCategorized();
        bench.categorizer = QueueBench::byDomain;
        bench.pass(Duration.ofMinutes(30).minusMillis(1));
        assertNull(bench.view(DOMAIN));
        bench.pass(Duration.ofMillis(1));
        assertEquals(1, bench.view(DOMAIN).messageCount());
    }
}
