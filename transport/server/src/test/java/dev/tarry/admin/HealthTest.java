package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.MessageIds;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Batch;
import dev.tarry.store.Damage;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.store.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What is said of a store that has failed and is not open anew yet: the same everywhere.
final class HealthTest {
    private static final StoreOperations.Met MET =
            new StoreOperations.Met(Instant.parse("2026-03-02T08:00:00Z"), 17, "<m@company.com>", "a chunk is missing");

    private boolean emergency;
    private Optional<String> redirectingTo = Optional.empty();
    private StoreFaults faults = StoreFaults.NONE;
    private final StoreDoor door;
    private final StoreOperations operations;
    private final Health health;

    HealthTest() throws StoreException {
        MemoryDisk disk = new MemoryDisk();
        door = StoreDoor.open(
                () -> MemoryMessageStore.open(disk, (operation, families) -> faults.strike(operation, families)));
        operations = new StoreOperations(new Folder(), door, () -> List.of(MET));
        health = new Health(List.of(Health.ofSpace(Optional::empty, door), Health.of(door)));
    }

    /// A disk with a reserve.
    private final class Folder implements StoreOperations.Disk {
        @Override
        public Path folder() {
            return Path.of("store");
        }

        @Override
        public List<Damage> found() {
            return List.of();
        }

        @Override
        public long reserveBytes() {
            return emergency ? 0 : 4_096;
        }

        @Override
        public boolean emergency() {
            return emergency;
        }
    }

    /// A service that runs.
    private final class Service implements ServiceControl.Desk {
        @Override
        public String name() {
            return "MSExchangeTransport";
        }

        @Override
        public String displayName() {
            return "Microsoft Exchange Transport";
        }

        @Override
        public String status() {
            return "Running";
        }

        @Override
        public Optional<String> redirectingTo() {
            return redirectingTo;
        }

        @Override
        public CompletableFuture<Void> order(ServiceControl.Verb verb) {
            throw new AssertionError("nobody orders anything");
        }
    }

    @Test
    void a_redirection_under_way_shows_in_the_service_and_makes_it_unfit_for_mail() {
        ServiceControl control = new ServiceControl(new Service());
        Health service = new Health(List.of(Health.of(new Service())));
        assertNull(control.service().get("RedirectingTo"));
        assertTrue(service.ready().up());
        redirectingTo = Optional.of("mail2.company.com");
        assertEquals("mail2.company.com", control.service().get("RedirectingTo"));
        assertEquals("Running", control.service().get("Status"));
        assertEquals(
                Map.of(
                        "service",
                        "all mail is being redirected to mail2.company.com, and no new mail is taken meanwhile"),
                service.ready().checks());
    }

    @Test
    void the_store_shows_its_reserve_and_the_damage_that_was_met() {
        assertEquals(4_096L, operations.store().get("reserveBytes"));
        assertEquals(false, operations.store().get("emergency"));
        assertEquals(
                List.of(Map.of(
                        "at", MET.at(), "id", 17L, "messageId", "<m@company.com>", "because", "a chunk is missing")),
                operations.store().get("damaged"));
        emergency = true;
        assertEquals(0L, operations.store().get("reserveBytes"));
        assertEquals(true, operations.store().get("emergency"));
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
