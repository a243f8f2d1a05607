package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.StoreFaults.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store does in bad weather. What a commit of it was said to be is kept or lost as the fault says; what
/// came before it is always there.
interface BadWeatherContract {
    CommitResult COMMITTED = new CommitResult.Committed();
    CommitResult BROKEN = new CommitResult.Failed("Input/output error", false);

    /// Opens the store of this test, which is not open; the second time it holds what it held when it was closed.
    MessageStore open(StoreFaults faults) throws StoreException;

    /// Weather that is set by hand, and notes what it is asked.
    final class Hand implements StoreFaults {
        final List<String> asked = new ArrayList<>();
        Operation operation = Operation.COMMIT;
        StoreFault next;

        @Override
        public Optional<StoreFault> strike(Operation operation, List<String> families) {
            asked.add(operation.word() + " " + String.join(",", families));
            return operation == this.operation ? Optional.ofNullable(next) : Optional.empty();
        }
    }

    private static Write message(long number) {
        return new Write.PutMessage(Records.message(number));
    }

    private static List<Long> numbers(Tenant tenant) {
        return tenant.messages.stream()
                .map(message -> message.id() - Records.messageId(0))
                .toList();
    }

    /// Commits message 1 in good weather and message 2 in this, and opens the store again.
    ///
    /// @return what became of message 2
    private CommitResult strike(StoreFault fault) throws StoreException {
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            assertEquals(COMMITTED, tenant.commit(message(1)));
            weather.next = fault;
            CommitResult result = tenant.commit(message(2));
            weather.next = null;
            if (result instanceof CommitResult.Failed) {
                assertEquals(result, tenant.commit(message(3)), "it fails until it is opened again");
                assertNotEquals(Optional.empty(), tenant.store.message(Records.messageId(1)), "reads go on");
            }
            return result;
        }
    }

    private List<Long> reopened() throws StoreException {
        try (Tenant tenant = new Tenant(open(StoreFaults.NONE))) {
            List<Long> there = numbers(tenant);
            assertEquals(COMMITTED, tenant.commit(message(9)));
            assertEquals(COMMITTED, tenant.commit(new Write.DropMessage(Records.messageId(9))));
            return there;
        }
    }

    @Test
    default void a_sync_that_fails_promises_nothing_and_loses_nothing_of_before() throws Exception {
        assertEquals(BROKEN, strike(new StoreFault.Fail()));
        List<Long> there = reopened();
        assertEquals(1, there.getFirst());
        assertTrue(List.of(List.of(1L), List.of(1L, 2L)).contains(there), there::toString);
        assertEquals(there, reopened());
    }

    @Test
    default void a_full_disk_says_so_and_has_nothing_of_the_commit() throws Exception {
        assertEquals(new CommitResult.Failed("No space left on device", true), strike(new StoreFault.Full()));
        assertEquals(List.of(1L), reopened());
    }

    @Test
    default void a_slow_commit_is_made_and_says_how_long_to_hold_it_back() throws Exception {
        Duration by = Duration.ofSeconds(7);
        assertEquals(new CommitResult.Committed(by), strike(new StoreFault.Slow(by)));
        assertEquals(List.of(1L, 2L), reopened());
    }

    @Test
    default void a_torn_commit_fails_and_leaves_whole_batches_or_none() throws Exception {
        assertEquals(BROKEN, strike(new StoreFault.Torn()));
        List<Long> there = reopened();
        assertEquals(1, there.getFirst());
        assertEquals(there, reopened());
    }

    @Test
    default void a_large_torn_commit_leaves_a_prefix_of_its_batches() throws Exception {
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            tenant.commit(message(1));
            weather.next = new StoreFault.Torn();
            List<Batch> batches = new ArrayList<>();
            for (int number = 2; number <= 41; number++) {
                batches.add(tenant.unsynced(Records.chunk(number, 0, 30_000)));
                batches.add(tenant.durable(
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 30_000)))));
            }
            assertEquals(
                    List.of(BROKEN),
                    tenant.store.commit(batches).stream().distinct().toList());
        }
        List<Long> there = reopened();
        for (int i = 0; i < there.size(); i++) {
            assertEquals(i + 1, there.get(i));
        }
        assertTrue(there.size() < 41, there::toString);
    }

    @Test
    default void what_a_disk_lied_about_is_gone_with_all_that_followed_when_the_store_is_opened_again()
            throws Exception {
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            tenant.commit(message(1));
            weather.next = new StoreFault.Lost();
            assertEquals(COMMITTED, tenant.commit(message(2)));
            assertEquals(COMMITTED, tenant.commit(message(3)));
            assertEquals(COMMITTED, tenant.commit(new Write.DropMessage(Records.messageId(1))));
            assertNotEquals(Optional.empty(), tenant.store.message(Records.messageId(3)), "it is seen meanwhile");
        }
        assertEquals(List.of(1L), reopened());
        assertEquals(List.of(1L), reopened());
    }

    @Test
    default void an_honest_sync_takes_along_what_the_disk_lied_about_before() throws Exception {
        assertEquals(COMMITTED, strike(new StoreFault.Lost()));
        assertEquals(List.of(1L), reopened(), "closing in peace is no honest sync");
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            weather.next = new StoreFault.Lost();
            tenant.commit(message(2));
            weather.next = null;
            tenant.commit(message(3));
        }
        assertEquals(List.of(1L, 2L, 3L), reopened());
    }

    @Test
    default void bodies_outlive_a_lie_about_their_end() throws Exception {
        ContentRef content = Records.content(1, 1, 10);
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            tenant.commit(Records.chunk(1, 0, 10), new Write.PutMessage(Records.message(1, content)));
            weather.next = new StoreFault.Lost();
            assertEquals(
                    COMMITTED,
                    tenant.commit(new Write.DropMessage(Records.messageId(1)), new Write.DropContent(content)));
        }
        try (Tenant tenant = new Tenant(open(StoreFaults.NONE))) {
            assertEquals(List.of(1L), numbers(tenant));
            assertEquals(Records.octets(1, 0, 10), tenant.store.chunk(content, 0));
        }
    }

    @Test
    default void what_stands_damaged_on_the_disk_is_an_error_at_the_next_opening_and_never_left_out() throws Exception {
        assertEquals(COMMITTED, strike(new StoreFault.Corrupt()));
        for (int again = 0; again < 2; again++) {
            StoreException damage = assertThrows(StoreException.class, () -> {
                try (MessageStore store = open(StoreFaults.NONE)) {
                    new Tenant(store);
                }
            });
            assertTrue(damage.getMessage().contains("damaged"), damage.getMessage());
        }
    }

    @Test
    default void what_cannot_be_read_is_an_error_until_the_weather_is_better() throws Exception {
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            tenant.commit(Records.chunk(1, 0, 10), message(1));
            weather.operation = Operation.READ;
            for (StoreFault fault : List.of(new StoreFault.Fail(), new StoreFault.Corrupt())) {
                weather.next = fault;
                assertThrows(StoreException.class, () -> tenant.store.message(Records.messageId(1)));
                assertThrows(StoreException.class, () -> tenant.store.copies(Records.messageId(1)));
                assertThrows(StoreException.class, () -> tenant.store.chunk(Records.content(1, 1, 10), 0));
                assertThrows(StoreException.class, () -> tenant.store.items("a@company.com"));
                assertThrows(StoreException.class, () -> tenant.store.mailboxes());
            }
            for (StoreFault fault : List.of(
                    new StoreFault.Full(),
                    new StoreFault.Torn(),
                    new StoreFault.Lost(),
                    new StoreFault.Slow(Duration.ofHours(1)))) {
                weather.next = fault;
                assertNotEquals(
                        Optional.empty(), tenant.store.message(Records.messageId(1)), "means nothing to reading");
            }
            weather.next = null;
            assertNotEquals(Optional.empty(), tenant.store.message(Records.messageId(1)));
            assertEquals(COMMITTED, tenant.commit(message(2)));
        }
    }

    @Test
    default void a_store_that_cannot_be_opened_in_this_weather_can_be_in_better() throws Exception {
        Hand weather = new Hand();
        weather.operation = Operation.OPEN;
        for (StoreFault fault : List.of(new StoreFault.Fail(), new StoreFault.Full(), new StoreFault.Corrupt())) {
            weather.next = fault;
            assertThrows(StoreException.class, () -> open(weather));
        }
        weather.next = new StoreFault.Torn();
        open(weather).close();
        assertEquals(List.of(), reopened());
    }

    @Test
    default void the_weather_is_asked_once_an_operation_with_all_families_that_it_touches() throws Exception {
        Hand weather = new Hand();
        try (Tenant tenant = new Tenant(open(weather))) {
            assertEquals(List.of("open house"), weather.asked);
            weather.asked.clear();
            tenant.store.commit(List.of(
                    tenant.unsynced(Records.chunk(1, 0, 10)),
                    tenant.durable(message(1), new Write.PutQueue(Records.queue(4, 1))),
                    tenant.durable(new Write.PutItem(Records.item("a@company.com", 1, Records.content(1, 1, 10))))));
            tenant.commit();
            tenant.store.message(Records.messageId(1));
            tenant.store.chunk(Records.content(1, 1, 10), 0);
            tenant.store.items("a@company.com");
            assertEquals(
                    List.of(
                            "commit meta,content,queue,mailbox",
                            "commit house",
                            "read meta",
                            "read content",
                            "read mailbox"),
                    weather.asked);
        }
    }

    @Test
    default void a_calm_sky_is_not_asked() throws Exception {
        StoreFaults calm = new StoreFaults() {
            @Override
            public boolean calm() {
                return true;
            }

            @Override
            public Optional<StoreFault> strike(Operation operation, List<String> families) {
                throw new AssertionError("asked about " + operation);
            }
        };
        try (Tenant tenant = new Tenant(open(calm))) {
            assertInstanceOf(CommitResult.Committed.class, tenant.commit(message(1)));
            assertNotEquals(Optional.empty(), tenant.store.message(Records.messageId(1)));
        }
    }
}
