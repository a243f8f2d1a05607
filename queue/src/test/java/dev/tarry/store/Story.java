package dev.tarry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The life of a store in steps, each a function of the seed and its number: bodies come in unsynced, messages are
/// accepted into queues, and later settled, moved to a mailbox, or left where they are. Queue 1 counts the steps, so a
/// store can be asked how far it came, and compared with a fresh one that came exactly as far.
final class Story {
    private static final int LONGEST_STAY = 40;

    private final long seed;

    Story(long seed) {
        this.seed = seed;
    }

    /// The batches of a step; the last is durable.
    List<Batch> step(Tenant tenant, int number) {
        List<Batch> batches = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        ContentRef content = content(number);
        for (int chunk = 0; chunk < content.chunks(); chunk++) {
            Write put = Records.chunk(number + 1, chunk, chunkBytes(number, chunk));
            if (chunk == content.chunks() - 1 && number % 2 == 0) {
                writes.add(put);
            } else {
                batches.add(tenant.unsynced(put));
            }
        }
        writes.add(new Write.PutMessage(Records.message(number + 1, content)));
        for (int queue = 0; queue < copies(number); queue++) {
            writes.add(new Write.PutCopy(Records.copy(number + 1, 4 + queue, 1 + queue)));
        }
        writes.add(new Write.PutQueue(Records.queue(1, number + 1)));
        for (int earlier = Math.max(0, number - 2 * LONGEST_STAY); earlier < number; earlier++) {
            leave(earlier, number - earlier, writes);
        }
        batches.add(tenant.durable(writes.toArray(Write[]::new)));
        return batches;
    }

    /// How many steps the store that was opened has seen.
    static int steps(Tenant tenant) {
        return tenant.queues.stream()
                .filter(queue -> queue.id() == 1)
                .mapToInt(QueueRecord::retryCount)
                .findFirst()
                .orElse(0);
    }

    /// What a store shows that has seen exactly so many steps.
    String after(int steps) throws StoreException {
        MemoryDisk disk = new MemoryDisk();
        try (Tenant tenant = new Tenant(MemoryMessageStore.open(disk, StoreFaults.NONE))) {
            for (int number = 0; number < steps; number++) {
                tenant.store.commit(step(tenant, number));
            }
        }
        try (Tenant tenant = new Tenant(MemoryMessageStore.open(disk, StoreFaults.NONE))) {
            return tenant.shown();
        }
    }

    private void leave(int number, int age, List<Write> writes) {
        int stay = chance(number, 3).nextInt(1, LONGEST_STAY);
        boolean toMailbox = number % 4 == 1;
        String mailbox = "user" + number % 3 + "@company.com";
        if (number % 10 == 9) {
            return; // one in ten waits for ever
        }
        if (age == stay) {
            for (int queue = 0; queue < copies(number); queue++) {
                writes.add(new Write.DropCopy(Records.messageId(number + 1), 4 + queue));
            }
            writes.add(new Write.DropMessage(Records.messageId(number + 1)));
            writes.add(
                    toMailbox
                            ? new Write.PutItem(Records.item(mailbox, number + 1, content(number)))
                            : new Write.DropContent(content(number)));
        }
        if (age == 2 * stay && toMailbox) {
            writes.add(new Write.DropItem(mailbox, Records.messageId(number + 1)));
            writes.add(new Write.DropContent(content(number)));
        }
    }

    private ContentRef content(int number) {
        int chunks = chance(number, 1).nextInt(1, 4);
        long bytes = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            bytes += chunkBytes(number, chunk);
        }
        return Records.content(number + 1, chunks, bytes);
    }

    private int chunkBytes(int number, int chunk) {
        return chance(number, 100 + chunk).nextInt(1, 12_000);
    }

    private int copies(int number) {
        return chance(number, 2).nextInt(1, 4);
    }

    private SplittableRandom chance(int number, int purpose) {
        return new SplittableRandom(seed + number * 1_000_003L + purpose * 7_919L);
    }
}
