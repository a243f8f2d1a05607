package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Gives back the space of dead bodies, and divides CONTENT into files so that there is something to give back. Lives
/// under the store's write lock.
final class ContentSpace {
    private static final long WORTH_BYTES = 4L << 20;
    private static final long WORTH_RECORDS = 10_000;

    private final Disk disk;
    private final long switchBytes;
    private long bytesSinceSwitch;
    private boolean switched;
    private long droppedBytes;
    private long droppedRecords;

    /// @param switchBytes when what came into CONTENT since the last switch reaches this, a new file begins
    ContentSpace(Disk disk, long switchBytes) {
        this.disk = disk;
        this.switchBytes = switchBytes;
    }

    /// Counts what has been written, and begins a new file when it is time.
    void count(List<Batch> written, Collection<Shard> shards) throws WriteFailure {
        for (Batch batch : written) {
            for (Write write : batch.writes()) {
                switch (write) {
                    case Write.Chunk(var _, var _, ByteBuffer octets) -> bytesSinceSwitch += octets.remaining();
                    case Write.DropContent(ContentRef content) -> droppedBytes += content.bytes();
                    case Write.DropMessage _, Write.DropCopy _ -> droppedRecords++;
                    default -> {}
                }
            }
        }
        if (bytesSinceSwitch >= switchBytes) {
            bytesSinceSwitch = 0;
            disk.switchContent();
            shards.forEach(Shard::contentSwitched);
            switched = true;
        }
    }

    /// Whether so much of what is in memory and in the log is dead that they are worth emptying; asked once.
    boolean takeDroppedContent() {
        boolean much = droppedBytes >= WORTH_BYTES;
        droppedBytes = much ? 0 : droppedBytes;
        return much;
    }

    /// Whether so many records were dropped that the rest is worth writing anew; asked once.
    boolean takeDroppedRecords() {
        boolean many = droppedRecords >= WORTH_RECORDS;
        droppedRecords = many ? 0 : droppedRecords;
        return many;
    }

    /// Lets go of dead files if there may be new ones. Only after a sync: the drops that made content dead must outlive
    /// a crash before its files go.
    void reclaim(Collection<Shard> shards) throws WriteFailure {
        boolean due = switched; // files that were too young the last time may have grown up
        for (Shard shard : shards) {
            due |= shard.takeEmptied();
        }
        switched = false;
        if (due) {
            dropDead(shards);
        }
    }

    /// Lets go of the files in which nothing lives. Only what these shards hold: nobody knows what lives in others.
    void dropDead(Collection<Shard> shards) throws WriteFailure {
        List<byte[]> ranges = new ArrayList<>();
        for (Shard shard : shards) {
            for (LiveContent.Range dead : shard.deadContent()) {
                ranges.add(Keys.chunk(dead.from(), 0));
                ranges.add(Keys.chunk(dead.to(), 0));
            }
        }
        if (!ranges.isEmpty()) {
            disk.dropContent(ranges);
        }
    }
}
