package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.MessageIds;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Batch;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.store.Write;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is said of a store that has failed and is not open anew yet: the same everywhere.
final class HealthTest {
    private StoreFaults faults = StoreFaults.NONE;
    private final StoreDoor door;
    private final StoreOperations operations;
    private final Health health;

    HealthTest() throws StoreException {
        MemoryDisk disk = new MemoryDisk();
        door = StoreDoor.open(
                () -> MemoryMessageStore.open(disk, (operation, families) -> faults.strike(operation, families)));
        operations = new StoreOperations(Path.of("store"), door, List::of);
        health = new Health(List.of(Health.ofSpace(Optional::empty, door), Health.of(door)));
    }

    private void failWith(StoreFault fault) throws StoreException {
        faults = (operation, _) -> operation == StoreFaults.Operation.COMMIT ? Optional.of(fault) : Optional.empty();
        door.store().commit(List.of(new Batch(1, 1, true, List.of(new Write.DropMessage(MessageIds.of(1, 1))))));
    }

    @Test
    void a_store_that_is_open_is_up_and_has_space() {
        assertTrue(health.ready().up());
        assertEquals(true, operations.store().get("open"));
    }

    @Test
    void a_store_that_has_found_no_space_is_down_and_so_is_the_space() throws StoreException {
        failWith(new StoreFault.Full());
        assertFalse(health.ready().up());
        assertEquals(
                Map.of(
                        "space", "the store has found no space: No space left on device",
                        "store", "mail is refused until the store is open again: No space left on device"),
                health.ready().checks());
        assertEquals(false, operations.store().get("open"));
    }

    @Test
    void a_store_that_has_failed_otherwise_is_down_and_has_space() throws StoreException {
        failWith(new StoreFault.Fail());
        assertEquals(
                Map.of("space", "up", "store", "mail is refused until the store is open again: Input/output error"),
                health.ready().checks());
        assertEquals(false, operations.store().get("open"));
    }
}
