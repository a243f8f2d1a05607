package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MemoryMessageStoreTest implements MessageStoreContract, BadWeatherContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    public MessageStore open(StoreFaults faults) throws StoreException {
        return MemoryMessageStore.open(disk, faults);
    }

    @Override
    public Disk disk() throws StoreException {
        return disk.mount();
    }

    @Test
    void a_crash_keeps_what_was_synced_and_a_prefix_of_the_rest() throws Exception {
        TreeSet<Integer> kept = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            MemoryDisk own = new MemoryDisk();
            Tenant tenant = new Tenant(MemoryMessageStore.open(own, StoreFaults.NONE));
            for (int number = 1; number <= 10; number++) {
                Write put = new Write.PutMessage(Records.message(number));
                tenant.store.commit(List.of(number <= 4 ? tenant.durable(put) : tenant.unsynced(put)));
            }
            own.crash(new SplittableRandom(seed));
            List<Long> left = new Tenant(MemoryMessageStore.open(own, StoreFaults.NONE))
                    .messages.stream()
                            .map(message -> message.id() - Records.messageId(0))
                            .toList();
            List<Long> prefix = new ArrayList<>();
            for (long number = 1; number <= left.size(); number++) {
                prefix.add(number);
            }
            assertEquals(prefix, left);
            kept.add(left.size());
        }
        assertEquals(new TreeSet<>(List.of(4, 5, 6, 7, 8, 9, 10)), kept);
    }

    @Test
    void a_durable_commit_carries_what_came_before_it() throws Exception {
        Tenant tenant = tenant();
        tenant.commitUnsynced(Records.chunk(1, 0, 10));
        tenant.commit(new Write.PutMessage(Records.message(1)));
        disk.crash(new Least());
        assertTrue(tenant().shown().contains("10 octets"));
    }

    @Test
    void the_store_on_a_crashed_disk_is_dead() throws Exception {
        Tenant tenant = tenant();
        tenant.commit(new Write.PutMessage(Records.message(1)));
        disk.crash(new Least());
        assertThrows(StoreException.class, () -> tenant.store.message(Records.messageId(1)));
        assertThrows(StoreException.class, () -> tenant.store.mailboxes());
        Tenant next = tenant();
        assertInstanceOf(CommitResult.Failed.class, tenant.commit(new Write.PutMessage(Records.message(2))));
        tenant.close();
        assertEquals(Optional.empty(), next.store.message(Records.messageId(2)));
        assertEquals(new CommitResult.Committed(), next.commit(new Write.PutMessage(Records.message(3))));
    }

    @Test
    void a_commit_that_failed_may_be_there_after_a_crash_or_not() throws Exception {
        TreeSet<Integer> kept = new TreeSet<>();
        for (int seed = 0; seed < 20; seed++) {
            MemoryDisk own = new MemoryDisk();
            boolean[] broken = {false};
            Tenant tenant = new Tenant(MemoryMessageStore.open(
                    own, (_, _) -> broken[0] ? Optional.of(new StoreFault.Fail()) : Optional.empty()));
            tenant.commit(new Write.PutMessage(Records.message(1)));
            broken[0] = true;
            assertEquals(
                    new CommitResult.Failed("Input/output error", false),
                    tenant.commit(new Write.PutMessage(Records.message(2))));
            own.crash(new SplittableRandom(seed));
            kept.add(new Tenant(MemoryMessageStore.open(own, StoreFaults.NONE)).messages.size());
        }
        assertEquals(new TreeSet<>(List.of(1, 2)), kept);
    }

    @Test
    void a_hundred_lives_with_crashes_leave_only_whole_steps() throws Exception {
        for (int seed = 0; seed < 100; seed++) {
            live(seed);
        }
    }

    private static void live(int seed) throws StoreException {
        Story story = new Story(seed);
        RandomGenerator chance = new SplittableRandom(seed);
        MemoryDisk own = new MemoryDisk();
        int acknowledged = 0;
        for (int life = 0; life < 5; life++) {
            Tenant tenant = new Tenant(MemoryMessageStore.open(own, StoreFaults.NONE));
            int steps = Story.steps(tenant);
            assertTrue(steps >= acknowledged, "seed " + seed + ": lost an acknowledged step");
            assertEquals(story.after(steps), tenant.shown(), "seed " + seed);
            for (int more = chance.nextInt(40); more > 0; more--) {
                tenant.store.commit(story.step(tenant, steps++));
            }
            acknowledged = steps;
            List<Batch> interrupted = story.step(tenant, steps);
            tenant.store.commit(interrupted.subList(0, interrupted.size() - 1));
            own.crash(chance);
        }
    }

    /// Always the least that it may.
    private static final class Least implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public int nextInt(int bound) {
            return 0;
        }
    }
}
