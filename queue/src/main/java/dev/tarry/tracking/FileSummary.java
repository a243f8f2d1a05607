package dev.tarry.tracking;

import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What is known of a finished file without reading it: from when to when its events are, which kinds of events it
/// has, and, by a Bloom filter, which ids and addresses it may have. It never denies what is there. Immutable.
///
/// @param fileBytes of the file that it was made of: another size, another file
/// @param earliest  milliseconds since 1970; later than `latest` if there is no event
/// @param events    a bit for each [Event] that is there
/// @param sources   a bit for each [Source]
/// @param filter    empty: anything may be there
record FileSummary(long fileBytes, long earliest, long latest, long events, long sources, long[] filter) {
    /// Another number for another meaning of the bits.
    private static final int VERSION = 31
                    * (31 * Arrays.toString(Event.values()).hashCode()
                            + Arrays.toString(Source.values()).hashCode())
            + 1;

    /// More ids and addresses than this are not kept apart.
    private static final int MAX_KEYS = 1_000_000;

    /// With these, one file in some three hundred is read in vain.
    private static final int BITS_PER_KEY = 12;

    private static final int PROBES = 6;
    private static final int HEAD_BYTES = 4 + 5 * 8 + 4;
    private static final char MESSAGE_ID = 'M';
    private static final char INTERNAL_ID = 'I';
    private static final char NETWORK_ID = 'N';
    private static final char SENDER = 'S';
    private static final char RECIPIENT = 'R';
    private static final char REFERENCE = 'F';

    /// Gathers what a file holds. One thread at a time.
    static final class Draft {
        private long[] keys = new long[1024];
        private int count;
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;
        private long events;
        private long sources;

        void add(TrackingEvent e) {
            long millis = e.time().toEpochMilli();
            earliest = Math.min(earliest, millis);
            latest = Math.max(latest, millis);
            events |= 1L << e.event().ordinal();
            sources |= 1L << e.source().ordinal();
            key(Folded.hashId(MESSAGE_ID, e.messageId()));
            key(Folded.hash(INTERNAL_ID, e.internalMessageId()));
            e.networkMessageId().ifPresent(id -> key(Folded.hash(NETWORK_ID, id.toString())));
            key(Folded.hash(SENDER, e.sender()));
            for (String recipient : e.recipients()) {
                key(Folded.hash(RECIPIENT, recipient));
            }
            if (!e.reference().isEmpty()) {
                key(Folded.hashId(REFERENCE, e.reference()));
            }
        }

        private void key(long hash) {
            if (count == keys.length) {
                thin();
            }
            if (count < keys.length) {
                keys[count++] = hash;
            }
        }

        /// Without those that stand there twice; if that is not enough, with more room.
        private void thin() {
            Arrays.sort(keys, 0, count);
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || keys[i] != keys[i - 1]) {
                    keys[left++] = keys[i];
                }
            }
            count = left;
            if (left > keys.length / 2 && keys.length < MAX_KEYS) {
                keys = Arrays.copyOf(keys, Math.min(2 * keys.length, MAX_KEYS));
            }
        }

        FileSummary made(long fileBytes) {
            thin();
            if (count >= MAX_KEYS) {
                return new FileSummary(fileBytes, earliest, latest, events, sources, new long[0]);
            }
            long[] filter = new long[Math.max(1, (int) ((long) count * BITS_PER_KEY / Long.SIZE) + 1)];
            for (int i = 0; i < count; i++) {
                for (int probe = 0; probe < PROBES; probe++) {
                    int bit = bit(keys[i], probe, filter.length);
                    filter[bit >>> 6] |= 1L << bit;
                }
            }
            return new FileSummary(fileBytes, earliest, latest, events, sources, filter);
        }
    }

    private static int bit(long hash, int probe, int words) {
        int one = (int) hash;
        int other = (int) (hash >>> 32) | 1;
        return Math.floorMod(one + probe * other, words * Long.SIZE);
    }

    /// Whether something that the query wants may be there.
    boolean mayHave(TrackingQuery query) {
        return query.eventId().map(e -> (events & 1L << e.ordinal()) != 0).orElse(true)
                && query.source().map(s -> (sources & 1L << s.ordinal()) != 0).orElse(true)
                && query.messageId()
                        .map(id -> may(Folded.hashId(MESSAGE_ID, id)))
                        .orElse(true)
                && query.internalMessageId()
                        .map(id -> may(Folded.hash(INTERNAL_ID, id)))
                        .orElse(true)
                && query.networkMessageId()
                        .map(id -> may(Folded.hash(NETWORK_ID, id.toString())))
                        .orElse(true)
                && query.sender().map(s -> may(Folded.hash(SENDER, s))).orElse(true)
                && query.reference().map(r -> may(Folded.hashId(REFERENCE, r))).orElse(true)
                && (query.recipients().isEmpty()
                        || query.recipients().stream().anyMatch(r -> may(Folded.hash(RECIPIENT, r))));
    }

    private boolean may(long hash) {
        if (filter.length == 0) {
            return true;
        }
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(hash, probe, filter.length);
            if ((filter[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /// About how much memory it takes.
    int bytes() {
        return HEAD_BYTES + filter.length * Long.BYTES;
    }

    byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(bytes() + Integer.BYTES);
        out.putInt(VERSION).putLong(fileBytes).putLong(earliest).putLong(latest);
        out.putLong(events).putLong(sources).putInt(filter.length);
        for (long word : filter) {
            out.putLong(word);
        }
        return out.putInt(checksum(out.array(), out.position())).array();
    }

    /// @return empty if these are not the octets of a summary, whole and of this version
    static Optional<FileSummary> of(byte[] octets) {
        int end = octets.length - Integer.BYTES;
        if (end < HEAD_BYTES || ByteBuffer.wrap(octets).getInt(end) != checksum(octets, end)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        if (in.getInt() != VERSION) {
            return Optional.empty();
        }
        long fileBytes = in.getLong();
        long earliest = in.getLong();
        long latest = in.getLong();
        long events = in.getLong();
        long sources = in.getLong();
        int words = in.getInt();
        if (words < 0 || end - HEAD_BYTES != (long) words * Long.BYTES) {
            return Optional.empty();
        }
        long[] filter = new long[words];
        for (int i = 0; i < words; i++) {
            filter[i] = in.getLong();
        }
        return Optional.of(new FileSummary(fileBytes, earliest, latest, events, sources, filter));
    }

    private static int checksum(byte[] octets, int count) {
        CRC32C sum = new CRC32C();
        sum.update(octets, 0, count);
        return (int) sum.getValue();
    }
}
