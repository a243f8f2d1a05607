package dev.tarry.lab.load;

import dev.tarry.lab.Alarms;
import dev.tarry.lab.load.LoadLoop.Shared;
import dev.tarry.lab.load.LoadReport.Latency;
import dev.tarry.lab.load.LoadReport.Recipients;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/// One run of the load generator: started once, stopped at most once, ends with a report. Thread-safe.
public final class LoadRun {
    private final LoadPlan plan;
    private final LongSupplier nanos;
    private final long beganNanos;
    private final Dispenser dispenser;
    private final List<LoadLoop> loops = new ArrayList<>();
    private final AtomicInteger loopsLeft;
    private final AtomicInteger dialsInVain = new AtomicInteger();
    private final CompletableFuture<LoadReport> done = new CompletableFuture<>();

    private volatile boolean everConnected;
    private volatile boolean nobodyThere;
    private volatile boolean stopped;

    // Of whoever looks; guarded by this.
    private long lastLookNanos;
    private long lastAccepted;

    private LoadRun(LoadPlan plan, List<EventLoop> eventLoops, LongSupplier nanos, Alarms alarms) {
        this.plan = plan;
        this.nanos = nanos;
        this.beganNanos = nanos.getAsLong();
        this.lastLookNanos = beganNanos;
        this.dispenser = new Dispenser(plan, beganNanos);
        this.loopsLeft = new AtomicInteger(eventLoops.size());
        var shared = new Shared(plan, dispenser, new Body(), nanos, alarms, this);
        eventLoops.forEach(loop -> loops.add(new LoadLoop(shared, loop)));
    }

    /// Begins to send, and returns.
    ///
    /// @param eventLoops the loops that carry the sessions; one carries more than most servers take
    /// @param nanos a count of nanoseconds of real time that never goes back
    /// @param alarms in real time
    public static LoadRun start(LoadPlan plan, List<EventLoop> eventLoops, LongSupplier nanos, Alarms alarms) {
        var run = new LoadRun(plan, eventLoops.subList(0, Math.min(eventLoops.size(), plan.sessions())), nanos, alarms);
        run.begin();
        return run;
    }

    private void begin() {
        var starts = new ArrayList<List<Duration>>();
        loops.forEach(_ -> starts.add(new ArrayList<>()));
        for (int i = 0; i < plan.sessions(); i++) {
            // With a rate it is the rate that rises.
            var wait = plan.rate().isPresent()
                    ? Duration.ZERO
                    : plan.ramp().multipliedBy(i).dividedBy(plan.sessions());
            starts.get(i % loops.size()).add(wait);
        }
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(starts.get(i));
        }
    }

    /// Done when every session has said goodbye.
    public CompletableFuture<LoadReport> done() {
        return done;
    }

    /// Begins no more messages; those in flight go on to their end, and then comes the report. To stop twice does no
    /// more.
    public void stop() {
        stopped = true;
        end();
    }

    private void end() {
        dispenser.close();
        loops.forEach(LoadLoop::stop);
    }

    void connected() {
        everConnected = true;
    }

    void notConnected() {
        // Every session has tried, and nobody was there: whoever gave the address should know at once.
        if (!everConnected && dialsInVain.incrementAndGet() == plan.sessions()) {
            nobodyThere = true;
            end();
        }
    }

    void finished() {
        if (loopsLeft.decrementAndGet() == 0) {
            done.complete(report());
        }
    }

    private Tally sum() {
        var sum = new Tally();
        loops.forEach(loop -> loop.tally().addTo(sum));
        return sum;
    }

    /// How far it is, and how fast since the last look.
    public synchronized LoadProgress progress() {
        long now = nanos.getAsLong();
        var sum = sum();
        double since = (now - lastLookNanos) / 1e9;
        double perSecond = since > 0 ? (sum.accepted - lastAccepted) / since : 0;
        lastLookNanos = now;
        lastAccepted = sum.accepted;
        return new LoadProgress(
                (now - beganNanos) / 1e9,
                sum.accepted,
                sum.refused,
                sum.failed,
                sum.begun - sum.accepted - sum.refused - sum.failed,
                dispenser.behind(now),
                perSecond,
                millis(sum.recent, 50),
                millis(sum.recent, 99));
    }

    private LoadReport report() {
        var sum = sum();
        long now = nanos.getAsLong();
        var failures = new LinkedHashMap<String, SequencedMap<String, Long>>();
        sum.failures.forEach((stage, kinds) -> {
            var words = new LinkedHashMap<String, Long>();
            kinds.forEach((kind, count) -> words.put(kind.words(), count));
            failures.put(stage.words(), words);
        });
        var replies = new LinkedHashMap<String, SequencedMap<String, Long>>();
        sum.replies.forEach((stage, kinds) -> replies.put(stage.words(), new LinkedHashMap<>(kinds)));
        var latencies = new LinkedHashMap<String, Latency>();
        sum.stages.forEach((stage, histogram) -> latencies.put(stage.words(), latency(histogram)));
        latencies.put("message", latency(sum.messages));
        return new LoadReport(
                (now - beganNanos) / 1e9,
                stopped,
                nobodyThere,
                sum.begun,
                sum.accepted,
                sum.refused,
                sum.failed,
                stopped || nobodyThere ? 0 : dispenser.behind(now),
                new Recipients(
                        sum.recipientsAccepted, sum.recipientsRefusedForNow, sum.recipientsRefused, sum.recipientsLost),
                sum.acceptedBytes,
                sum.connections,
                failures,
                replies,
                latencies);
    }

    private static Latency latency(Histogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getTotalCount() == 0 ? 0 : histogram.getMean() / 1000,
                millis(histogram, 50),
                millis(histogram, 90),
                millis(histogram, 99),
                millis(histogram, 99.9),
                histogram.getMaxValue() / 1000.0);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
