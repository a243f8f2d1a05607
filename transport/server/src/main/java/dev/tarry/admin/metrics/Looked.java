package dev.tarry.admin.metrics;

import dev.tarry.queue.QueueAges;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the numbers are read from: the counts, and what was looked up for the scrape that is being printed. On the
/// scraping thread.
final class Looked {
    /// What copies are counted by when they are counted by age (reference §2.1: the first retries, the delay report
    /// and the expiry are among them).
    static final List<Duration> AGES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(48));

    final Metrics metrics;
    final Scrape.Gauges gauges;
    private Map<QueueStatus, int[]> byStatus = Map.of();
    private Optional<QueueAges> ages = Optional.empty();

    Looked(Metrics metrics, Scrape.Gauges gauges) {
        this.metrics = metrics;
        this.gauges = gauges;
    }

    /// Looks again; may block.
    void look() {
        byStatus = gauges.queues().get().map(Looked::count).orElse(Map.of());
        ages = gauges.ages().apply(AGES);
    }

    private static Map<QueueStatus, int[]> count(List<QueueView> queues) {
        Map<QueueStatus, int[]> counts = new EnumMap<>(QueueStatus.class);
        for (QueueView queue : queues) {
            int[] count = counts.computeIfAbsent(queue.status(), _ -> new int[2]);
            count[0]++;
            count[1] += queue.messageCount();
        }
        return counts;
    }

    int queues(QueueStatus status) {
        return ofStatus(status, 0);
    }

    int messages(QueueStatus status) {
        return ofStatus(status, 1);
    }

    private int ofStatus(QueueStatus status, int what) {
        int[] count = byStatus.get(status);
        return count == null ? 0 : count[what];
    }

    /// In seconds; 0 if there is none.
    double oldest(QueueStatus status) {
        return ages.map(a -> a.oldest().get(status)).map(Duration::toMillis).orElse(0L) / 1000.0;
    }

    /// @param bucket 0 to the number of [#AGES]
    int ofAge(int bucket) {
        return ages.map(a -> a.copies().get(bucket)).orElse(0);
    }
}
