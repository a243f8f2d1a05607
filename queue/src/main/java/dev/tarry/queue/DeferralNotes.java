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
/// (reference §8.4). A queue may hold a million messages, so they are walked, and their records read, in slices.
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
        long from = always ? 0 : queue.untoldFrom();
        if (from == NextHopQueue.NONE_UNTOLD) {
            return;
        }
        queue.telling();
        Note note = new Note(queue, always, from, endpoint, source);
        List<Long> first = note.untold(); // what comes back in the turn of the failure has not met it
        // what has just been settled must not stand in it: reading is not behind the committer
        room.journal().then(() -> note.tell(first));
    }

    /// One failure, told of the queue's copies in their order.
    private final class Note {
        private final Shelves shelves = room.shelves();
        private final NextHopQueue queue;
        private final boolean always;
        private final Endpoint endpoint;
        private final TrackingEvent.Source source;
        private final QueueWalk walk;
        private final RetryState retry;
        private final int episode;
        private final int failures;
        private final long nowMillis = room.now();

        Note(NextHopQueue queue, boolean always, long from, Endpoint endpoint, TrackingEvent.Source source) {
            this.queue = queue;
            this.always = always;
            this.endpoint = endpoint;
            this.source = source;
            this.walk = new QueueWalk(queue, true, from, shelves.latestMessageId());
            this.retry = queue.retry();
            this.episode = queue.episode();
            this.failures = queue.failures();
        }

        private List<Long> untold() {
            List<Long> untold = new ArrayList<>();
            List<Node> passed = walk.next(SLICE);
            room.passed(passed.size());
            for (Node node : passed) {
                boolean wasThere = node.failuresBefore < failures;
                if (wasThere && (always || node.trackedEpisode < episode)) {
                    node.trackedEpisode = Math.max(node.trackedEpisode, episode);
                    untold.add(node.messageId);
                }
            }
            return untold;
        }

        private void next() {
            if (!walk.ended() && room.shelves() == shelves) {
                tell(untold());
            }
        }

        private void tell(List<Long> ids) {
            if (ids.isEmpty()) {
                if (!walk.ended()) {
                    room.world().loops().queue().execute(this::next);
                }
                return;
            }
            room.reads()
                    .read(
                            () -> ids.stream()
                                    .flatMap(id -> event(id, queue, retry, endpoint, source, nowMillis).stream())
                                    .toList(),
                            events -> {
                                for (TrackingEvent event : events) {
                                    tracks.write(event);
                                    meter.deferred(event.recipients().size(), why(source));
                                }
                                next();
                            });
        }
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
