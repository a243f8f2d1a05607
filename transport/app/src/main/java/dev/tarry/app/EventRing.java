package dev.tarry.app;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The newest happenings, numbered as they come. Whoever reads keeps its own place, so however slow readers are,
/// nothing is kept but this; a reader whose place has been overtaken finds a gap in the numbers. Thread-safe;
/// nothing here waits.
final class EventRing {
    /// Happenings that are kept.
    static final int MAX_EVENTS = 10_000;

    /// About so many bytes of them, but always the newest one.
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /// @param id larger than any before
    record Entry(long id, Happening what) {}

    /// A part of what there is.
    ///
    /// @param entries oldest first
    /// @param upTo    the id up to which this part is all that is left
    record Part(List<Entry> entries, long upTo) {}

    private final Entry[] kept;
    private final long maxBytes;
    private int oldest;
    private int size;
    private long bytes;
    private long last;
    private long since;

    /// @param first ids are larger than this: of two runs of the server the later has the larger ones
    EventRing(long first) {
        this(first, MAX_EVENTS, MAX_BYTES);
    }

    EventRing(long first, int maxEvents, long maxBytes) {
        this.kept = new Entry[maxEvents];
        this.maxBytes = maxBytes;
        this.last = first;
        this.since = first;
    }

    synchronized void add(Happening what) {
        int weight = what.weightBytes();
        while (size == kept.length || size > 0 && bytes + weight > maxBytes) {
            forgetOldest();
        }
        kept[(oldest + size) % kept.length] = new Entry(++last, what);
        size++;
        bytes += weight;
    }

    private void forgetOldest() {
        bytes -= kept[oldest].what.weightBytes();
        kept[oldest] = null;
        oldest = (oldest + 1) % kept.length;
        size--;
    }

    /// So many happened that nobody could keep.
    synchronized void lose(long many) {
        last += many;
    }

    /// From now on all is numbered; what happened since the last time nobody has counted.
    synchronized void restart() {
        while (size > 0) {
            forgetOldest();
        }
        since = last;
    }

    synchronized long last() {
        return last;
    }

    /// From where somebody goes on who had everything up to an id.
    ///
    /// @return empty if it cannot be told what was missed: the id is of another run of the server, or from
    /// before a
    /// time in which nobody listened
    synchronized OptionalLong resume(long id) {
        return id < since || id > last ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /// The id behind which everything that is kept stands.
    synchronized long beginning() {
        return size == 0 ? last : kept[oldest].id - 1;
    }

    /// What came after an id.
    ///
    /// @param most      entries
    /// @param mostBytes of them, about; one entry may be larger
    synchronized Part after(long id, int most, long mostBytes) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).id > id) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        List<Entry> entries = new ArrayList<>();
        int next = low;
        for (long taken = 0; next < size && entries.size() < most && taken < mostBytes; next++) {
            entries.add(at(next));
            taken += at(next).what.weightBytes();
        }
        return new Part(entries, next == size ? last : entries.getLast().id);
    }

    private Entry at(int index) {
        return kept[(oldest + index) % kept.length];
    }
}
