package dev.tarry.queue;

import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.StoreException;
import dev.tarry.tracking.TrackingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes DEFER lines: once per message per episode of Retry, and again when the queue's error changes
/// (reference §8.4). A queue may hold a million messages, so their records are read in slices, off the loop.
/// Queue loop only.
final class DeferralNotes {
    private static final Logger LOG = LoggerFactory.getLogger(DeferralNotes.class);

    /// Messages read at a time.
    static final int SLICE = 256;

    private final Room room;
    private final Tracks tracks;
    private final QueueMeter meter;

    DeferralNotes(Room room, Tracks tracks, QueueMeter meter) {
        this.room = room;
        this.tracks = tracks;
        this.meter = meter;
    }

    /// The queue has just gone to Retry, or has failed again.
    void note(NextHopQueue queue, Endpoint endpoint, TrackingEvent.Source source) {
        boolean always = room.settings().deferPerAttempt();
        List<Long> untold = new ArrayList<>();
        queue.forEachResting(node -> {
            if (always || node.trackedEpisode != queue.episode()) {
                node.trackedEpisode = queue.episode();
                untold.add(node.messageId);
            }
        });
        if (!untold.isEmpty()) {
            RetryState retry = queue.retry();
            long now = room.now();
            // what has just been settled must not stand in it: reading is not behind the committer
            room.journal().then(() -> slice(queue, retry, endpoint, source, untold, 0, now));
        }
    }

    private void slice(
            NextHopQueue queue,
            RetryState retry,
            Endpoint endpoint,
            TrackingEvent.Source source,
            List<Long> ids,
            int from,
            long nowMillis) {
        int to = Math.min(ids.size(), from + SLICE);
        room.reads()
                .read(
                        () -> ids.subList(from, to).stream()
                                .flatMap(id -> event(id, queue, retry, endpoint, source, nowMillis).stream())
                                .toList(),
                        events -> {
                            for (TrackingEvent event : events) {
                                tracks.write(event);
                                meter.deferred(event.recipients().size(), why(source));
                            }
                            if (to < ids.size()) {
                                slice(queue, retry, endpoint, source, ids, to, nowMillis);
                            }
                        });
    }

    private static QueueMeter.Deferral why(TrackingEvent.Source source) {
        return switch (source) {
            case DNS -> QueueMeter.Deferral.DNS;
            case SMTP -> QueueMeter.Deferral.CONNECTION;
            default -> QueueMeter.Deferral.OTHER;
        };
    }

    /// On a reader. @return empty if it has left meanwhile, or cannot be read
    private Optional<TrackingEvent> event(
            long id,
            NextHopQueue queue,
            RetryState retry,
            Endpoint endpoint,
            TrackingEvent.Source source,
            long nowMillis) {
        try {
            Optional<MessageRecord> message = room.store().message(id);
            Optional<CopyRecord> copy = room.store().copy(id, queue.id());
            if (message.isPresent() && copy.isPresent()) {
                return Optional.of(tracks.deferral(
                        message.get(), copy.get(), queue.key(), retry.error(), endpoint, source, nowMillis));
            }
        } catch (StoreException | RuntimeException e) {
            LOG.warn("message {} in {}: its deferral cannot be tracked", id, queue.key(), e);
        }
        return Optional.empty();
    }
}
