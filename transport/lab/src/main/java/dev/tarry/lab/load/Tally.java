package dev.tarry.lab.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What one loop's sessions have seen: counts, and latencies in microseconds. Thread-safe, though written on one
/// loop: the lock is held for moments, and nobody else takes it but who looks in.
///
/// Every message that was begun ends once: accepted, refused (by an answer) or failed (by the connection). Every
/// recipient of an ended message ends once: accepted, refused for now, refused, or lost with its message.
final class Tally {
    /// Longer latencies count as this.
    static final long MICROS_MAX = TimeUnit.HOURS.toMicros(1);

    private static final int DIGITS = 3;

    /// Past so many kinds of replies at one stage, others are counted as one.
    static final int KINDS_MAX = 500;

    static final String OTHER_KINDS = "other";

    final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
    final Map<Stage, Map<String, Long>> replies = new EnumMap<>(Stage.class);
    final Map<Stage, Map<Failure, Long>> failures = new EnumMap<>(Stage.class);
    /// of accepted messages, from when they were due
    final Histogram messages = histogram();
    /// the same, of those since somebody looked last
    final Histogram recent = histogram();

    long connections;
    long begun;
    long accepted;
    long refused;
    long failed;
    long acceptedBytes;
    long recipientsAccepted;
    long recipientsRefusedForNow;
    long recipientsRefused;
    long recipientsLost;

    private static Histogram histogram() {
        var histogram = new Histogram(MICROS_MAX, DIGITS);
        histogram.setAutoResize(false);
        return histogram;
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0L, MICROS_MAX));
    }

    synchronized void connected(long nanos) {
        connections++;
        took(Stage.CONNECT, nanos);
    }

    /// @param nanos since it was asked for; negative: it was not
    synchronized void replied(Stage stage, SmtpReply reply, long nanos) {
        if (nanos >= 0) {
            took(stage, nanos);
        }
        var kinds = replies.computeIfAbsent(stage, _ -> new TreeMap<>());
        var kind = reply.kind();
        kinds.merge(kinds.size() < KINDS_MAX || kinds.containsKey(kind) ? kind : OTHER_KINDS, 1L, Long::sum);
    }

    private void took(Stage stage, long nanos) {
        record(stages.computeIfAbsent(stage, _ -> histogram()), nanos);
    }

    /// A connection ended badly, whether or not a message suffered from it.
    synchronized void broke(Stage stage, Failure failure) {
        failures.computeIfAbsent(stage, _ -> new EnumMap<>(Failure.class)).merge(failure, 1L, Long::sum);
    }

    synchronized void begun() {
        begun++;
    }

    /// @param to recipients whose RCPT was accepted
    /// @param nanos since it was due
    synchronized void accepted(Letter letter, Recipients to, long nanos) {
        accepted++;
        acceptedBytes += letter.sizeBytes();
        recipientsAccepted += to.accepted();
        refusedOf(letter, to, to.accepted());
        record(messages, nanos);
        record(recent, nanos);
    }

    synchronized void refused(Letter letter, Recipients to) {
        refused++;
        refusedOf(letter, to, 0);
    }

    synchronized void failed(Letter letter, Recipients to) {
        failed++;
        refusedOf(letter, to, 0);
    }

    private void refusedOf(Letter letter, Recipients to, int accepted) {
        recipientsRefusedForNow += to.refusedForNow();
        recipientsRefused += to.refused();
        recipientsLost += letter.recipients().size() - accepted - to.refusedForNow() - to.refused();
    }

    /// How the RCPTs of one message were answered.
    record Recipients(int accepted, int refusedForNow, int refused) {
        static final Recipients NONE = new Recipients(0, 0, 0);

        Recipients and(SmtpReply reply) {
            return reply.positive()
                    ? new Recipients(accepted + 1, refusedForNow, refused)
                    : reply.forNow()
                            ? new Recipients(accepted, refusedForNow + 1, refused)
                            : new Recipients(accepted, refusedForNow, refused + 1);
        }

        int answered() {
            return accepted + refusedForNow + refused;
        }
    }

    /// Adds this to a sum, which nobody else uses; latencies since the last look are moved there.
    synchronized void addTo(Tally sum) {
        stages.forEach((stage, one) ->
                sum.stages.computeIfAbsent(stage, _ -> histogram()).add(one));
        replies.forEach((stage, kinds) -> {
            var all = sum.replies.computeIfAbsent(stage, _ -> new TreeMap<>());
            kinds.forEach((kind, count) -> all.merge(kind, count, Long::sum));
        });
        failures.forEach((stage, kinds) -> {
            var all = sum.failures.computeIfAbsent(stage, _ -> new EnumMap<>(Failure.class));
            kinds.forEach((kind, count) -> all.merge(kind, count, Long::sum));
        });
        sum.messages.add(messages);
        sum.recent.add(recent);
        recent.reset();
        sum.connections += connections;
        sum.begun += begun;
        sum.accepted += accepted;
        sum.refused += refused;
        sum.failed += failed;
        sum.acceptedBytes += acceptedBytes;
        sum.recipientsAccepted += recipientsAccepted;
        sum.recipientsRefusedForNow += recipientsRefusedForNow;
        sum.recipientsRefused += recipientsRefused;
        sum.recipientsLost += recipientsLost;
    }
}
