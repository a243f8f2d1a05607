package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import org.junit.jupiter.api.Test;

final class StoreDoorTest {
    /// A store whose repair fails as long as it is told to.
    private static final class Fragile implements StoreDoor.Opener {
        private final MemoryDisk disk = new MemoryDisk();
        boolean full;
        int repairs;

        @Override
        public MessageStore open() throws StoreException {
            return MemoryMessageStore.open(disk, StoreFaults.NONE);
        }

        @Override
        public void repair(StoreException why) throws StoreException {
            repairs++;
            if (full) {
                throw new StoreException("No space left on device");
            }
        }
    }

    @Test
    void what_needs_repair_is_not_opened_before_a_repair_has_succeeded() throws Exception {
        Fragile opener = new Fragile();
        try (StoreDoor door = StoreDoor.open(opener)) {
            opener.full = true;
            StoreException damage = StoreException.ofDamage("a copy is in queue 5, which is not there");
            assertThrows(StoreException.class, () -> door.repair(damage));
            assertTrue(door.damaged());
            assertThrows(StoreException.class, door::reopen);
            assertThrows(StoreException.class, door::store);
            assertEquals(2, opener.repairs);
            opener.full = false;
            door.reopen();
            assertEquals(3, opener.repairs);
            assertFalse(door.damaged());
            door.store();
            door.reopen();
            assertEquals(3, opener.repairs, "it is repaired once");
        }
    }
}
