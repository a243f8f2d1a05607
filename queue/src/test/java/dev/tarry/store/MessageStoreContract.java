package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.StoreFaults.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What every message store promises. An implementation's test says how to open it and how to reach what lies under
/// it; each test begins with an empty store.
interface MessageStoreContract {
    CommitResult COMMITTED = new CommitResult.Committed();

    /// Opens the store of this test, which is not open; the second time it holds what it held when it was closed.
    MessageStore open(StoreFaults faults) throws StoreException;

    /// The disk under the store of this test, which is not open.
    Disk disk() throws StoreException;

    default Tenant tenant() throws StoreException {
        return new Tenant(open(StoreFaults.NONE));
    }

    @Test
    default void a_new_store_shows_nothing_and_begins_to_count() throws Exception {
        try (Tenant tenant = tenant()) {
            assertEquals("", tenant.shown());
            assertEquals(1, tenant.opened().epoch());
            assertEquals(MessageStore.FIRST_DYNAMIC_QUEUE, tenant.opened().nextQueue());
            assertTrue(tenant.opened().nextMessage() > 0);
            assertTrue(tenant.opened().nextContent() > 0);
            assertEquals(0, tenant.opened().newestMillis());
            assertEquals(List.of(), tenant.store.mailboxes());
        }
    }

    @Test
    default void what_was_committed_is_there_at_once_and_after_opening_again() throws Exception {
        MessageRecord message = Records.message(1);
        List<CopyRecord> copies = List.of(Records.copy(1, 4, 3), Records.copy(1, 5, 1));
        MailboxItem item = Records.item("user@company.com", 1, message.content());
        try (Tenant tenant = tenant()) {
            assertEquals(
                    COMMITTED,
                    tenant.commit(
                            Records.chunk(1, 0, 10),
                            new Write.PutQueue(Records.queue(4, 3)),
                            new Write.PutMessage(message),
                            new Write.PutCopy(copies.getLast()),
                            new Write.PutCopy(copies.getFirst()),
                            new Write.PutItem(item)));
            assertEquals(Optional.of(message), tenant.store.message(message.id()));
            assertEquals(copies, tenant.store.copies(message.id()));
            assertEquals(Optional.of(copies.getFirst()), tenant.store.copy(message.id(), 4));
            assertEquals(Optional.of(item), tenant.store.item("user@company.com", message.id()));
            assertTrue(tenant.store.sizeBytes() > 0);
        }
        try (Tenant tenant = tenant()) {
            assertEquals(List.of(Records.queue(4, 3)), tenant.queues);
            assertEquals(List.of(message), tenant.messages);
            assertEquals(List.of(copies), tenant.copies);
            assertEquals(List.of(item), tenant.items);
            assertEquals(Records.octets(1, 0, 10), tenant.store.chunk(message.content(), 0));
        }
    }

    @Test
    default void many_copies_are_read_in_one_walk_and_those_that_are_not_there_are_left_out() throws Exception {
        try (Tenant tenant = tenant()) {
            List<Write> writes = new ArrayList<>();
            for (int number = 1; number <= 400; number++) {
                if (number % 7 != 0 && (number < 100 || number > 300)) {
                    writes.add(new Write.PutMessage(Records.message(number)));
                    for (int queue = 4; queue < 4 + number % 50; queue++) {
                        writes.add(new Write.PutCopy(Records.copy(number, queue, 1)));
                    }
                }
            }
            writes.add(new Write.PutCopy(Records.copy(200, 4, 1))); // of a message that is not there
            tenant.commit(writes.toArray(Write[]::new));
            List<MessageStore.CopyKey> wanted = new ArrayList<>();
            for (int number = 0; number <= 410; number += number < 50 || number > 350 ? 1 : 20) {
                for (int queue : number % 3 == 0 ? List.of(4, 5, 50) : List.of(4 + number % 49)) {
                    wanted.add(new MessageStore.CopyKey(Records.messageId(number), queue));
                }
            }
            List<Integer> found = new ArrayList<>();
            tenant.store.read(wanted, (i, message, copy) -> {
                found.add(i);
                MessageStore.CopyKey key = wanted.get(i);
                assertEquals(Optional.of(message), unfailing(() -> tenant.store.message(key.messageId())));
                assertEquals(Optional.of(copy), unfailing(() -> tenant.store.copy(key.messageId(), key.queueId())));
            });
            List<Integer> there = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                MessageStore.CopyKey key = wanted.get(i);
                if (tenant.store.message(key.messageId()).isPresent()
                        && tenant.store.copy(key.messageId(), key.queueId()).isPresent()) {
                    there.add(i);
                }
            }
            assertEquals(there, found);
            assertTrue(found.size() > 40, found.size() + " were found");
            assertTrue(found.size() < wanted.size() - 20, found.size() + " of " + wanted.size() + " were found");
            tenant.store.read(List.of(), (_, _, _) -> {
                throw new AssertionError("nothing was wanted");
            });
        }
    }

    private static <T> T unfailing(Callable<T> question) {
        try {
            return question.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void tidying_up_takes_nothing_that_lives_and_what_died_stays_dead() throws Exception {
        int last = 3 * LiveContent.GENERATION_IDS;
        try (Tenant tenant = tenant()) {
            for (int number = 1; number <= last; number++) {
                tenant.commitUnsynced(
                        Records.chunk(number, 0, 600),
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 600))));
            }
            tenant.commit();
            for (int number = 1; number <= last; number++) {
                if (number % 1_000 != 0) {
                    tenant.commitUnsynced(
                            new Write.DropMessage(Records.messageId(number)),
                            new Write.DropContent(Records.content(number, 1, 600)));
                }
            }
            int steps = 0;
            while (tenant.store.tidy()) {
                assertTrue(steps++ < 100, "there is no end to it");
            }
            assertTrue(steps > 1, steps + " steps");
            for (int number = 1_000; number <= last; number += 1_000) {
                assertEquals(Records.octets(number, 0, 600), tenant.store.chunk(Records.content(number, 1, 600), 0));
            }
            assertThrows(StoreException.class, () -> tenant.store.chunk(Records.content(7, 1, 600), 0));
            assertTrue(tenant.store.sizeBytes() < last * 600L / 20, tenant.store.sizeBytes() + " bytes");
            assertEquals(COMMITTED, tenant.commit(Records.chunk(last + 1, 0, 600)));
        }
        try (Tenant tenant = tenant()) {
            assertEquals(last / 1_000, tenant.messages.size());
            for (int number = 1_000; number <= last; number += 1_000) {
                assertEquals(Records.octets(number, 0, 600), tenant.store.chunk(Records.content(number, 1, 600), 0));
            }
        }
    }

    @Test
    default void a_store_that_is_closed_is_not_tidied_up() throws Exception {
        Tenant tenant = tenant();
        tenant.close();
        assertFalse(tenant.store.tidy());
    }

    @Test
    default void copies_that_are_wanted_out_of_order_or_twice_are_refused() throws Exception {
        MessageStore.CopyKey one = new MessageStore.CopyKey(Records.messageId(1), 5);
        try (Tenant tenant = tenant()) {
            for (MessageStore.CopyKey other : List.of(
                    one,
                    new MessageStore.CopyKey(Records.messageId(1), 4),
                    new MessageStore.CopyKey(Records.messageId(0), 6))) {
                assertThrows(
                        IllegalArgumentException.class, () -> tenant.store.read(List.of(one, other), (_, _, _) -> {}));
            }
        }
    }

    @Test
    default void what_is_not_there_is_absent_and_not_an_error() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(new Write.PutMessage(Records.message(2)), new Write.PutCopy(Records.copy(2, 4, 1)));
            assertEquals(Optional.empty(), tenant.store.message(Records.messageId(1)));
            assertEquals(Optional.empty(), tenant.store.message(Records.messageId(3)));
            assertEquals(Optional.empty(), tenant.store.copy(Records.messageId(2), 5));
            assertEquals(List.of(), tenant.store.copies(Records.messageId(1)));
            assertEquals(Optional.empty(), tenant.store.item("user@company.com", Records.messageId(2)));
            assertEquals(Optional.empty(), tenant.store.item("", Records.messageId(2)));
            assertEquals(List.of(), tenant.store.items("user@company.com"));
        }
    }

    @Test
    default void messages_are_shown_in_order_of_their_ids_each_with_its_own_copies() throws Exception {
        try (Tenant tenant = tenant()) {
            for (long number : List.of(300L, 2L, 70_000L, 1L, 256L)) {
                tenant.commit(
                        new Write.PutMessage(Records.message(number)),
                        new Write.PutCopy(Records.copy(number, 70, 1)),
                        new Write.PutCopy(Records.copy(number, 5, 1)));
            }
        }
        try (Tenant tenant = tenant()) {
            List<Long> ids = tenant.messages.stream().map(MessageRecord::id).toList();
            assertEquals(ids.stream().sorted().toList(), ids);
            assertEquals(5, ids.size());
            for (int i = 0; i < 5; i++) {
                long number = ids.get(i) - Records.messageId(0);
                assertEquals(List.of(Records.copy(number, 5, 1), Records.copy(number, 70, 1)), tenant.copies.get(i));
            }
        }
    }

    @Test
    default void a_later_write_of_the_same_key_wins() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(new Write.PutQueue(Records.queue(4, 1)), new Write.PutQueue(Records.queue(4, 2)));
            tenant.store.commit(List.of(
                    tenant.durable(new Write.PutQueue(Records.queue(5, 1))),
                    tenant.durable(new Write.DropQueue(5), new Write.PutQueue(Records.queue(6, 1)))));
        }
        try (Tenant tenant = tenant()) {
            assertEquals(List.of(Records.queue(4, 2), Records.queue(6, 1)), tenant.queues);
        }
    }

    @Test
    default void settling_takes_copies_away_and_at_last_the_message_with_its_content() throws Exception {
        MessageRecord message = Records.message(1);
        try (Tenant tenant = tenant()) {
            tenant.commit(
                    Records.chunk(1, 0, 10),
                    new Write.PutMessage(message),
                    new Write.PutCopy(Records.copy(1, 4, 2)),
                    new Write.PutCopy(Records.copy(1, 5, 2)));
            tenant.commit(new Write.DropCopy(message.id(), 4), new Write.PutCopy(Records.copy(1, 5, 1)));
            assertEquals(List.of(Records.copy(1, 5, 1)), tenant.store.copies(message.id()));
            tenant.commit(
                    new Write.DropCopy(message.id(), 5),
                    new Write.DropMessage(message.id()),
                    new Write.DropContent(message.content()));
            assertEquals(Optional.empty(), tenant.store.message(message.id()));
            assertEquals(List.of(), tenant.store.copies(message.id()));
            assertThrows(StoreException.class, () -> tenant.store.chunk(message.content(), 0));
            assertEquals(
                    COMMITTED,
                    tenant.commit(new Write.DropMessage(message.id()), new Write.DropContent(message.content())),
                    "dropping again does nothing");
        }
        try (Tenant tenant = tenant()) {
            assertEquals("", tenant.shown());
        }
    }

    @Test
    default void one_commit_takes_many_batches_some_of_them_not_durable() throws Exception {
        try (Tenant tenant = tenant()) {
            List<Batch> batches = new ArrayList<>();
            for (int number = 1; number <= 100; number++) {
                batches.add(tenant.unsynced(Records.chunk(number, 0, 10)));
                batches.add(tenant.durable(new Write.PutMessage(Records.message(number))));
            }
            List<CommitResult> results = tenant.store.commit(batches);
            assertEquals(200, results.size());
            assertTrue(results.stream().allMatch(COMMITTED::equals));
            assertEquals(List.of(), tenant.store.commit(List.of()));
            assertEquals(COMMITTED, tenant.commit(), "a durable batch without writes");
        }
        try (Tenant tenant = tenant()) {
            assertEquals(100, tenant.messages.size());
            assertTrue(tenant.shown().contains("10 octets"));
        }
    }

    @Test
    default void who_opens_the_shard_fences_who_had_it() throws Exception {
        try (MessageStore store = open(StoreFaults.NONE)) {
            Tenant first = new Tenant(store);
            first.commit(new Write.PutMessage(Records.message(1)));
            Tenant second = new Tenant(store);
            assertTrue(second.opened().epoch() > first.opened().epoch());
            assertEquals(
                    List.of(new CommitResult.Fenced(second.opened().epoch()), COMMITTED),
                    store.commit(List.of(
                            first.durable(new Write.PutMessage(Records.message(2))),
                            second.durable(new Write.PutMessage(Records.message(3))))));
            assertEquals(Optional.empty(), store.message(Records.messageId(2)));
            assertNotEquals(Optional.empty(), store.message(Records.messageId(3)));
        }
    }

    @Test
    default void a_shard_that_nobody_opened_takes_nothing() throws Exception {
        try (MessageStore store = open(StoreFaults.NONE)) {
            Batch batch = new Batch(1, 0, true, List.of(new Write.PutMessage(Records.message(1))));
            assertInstanceOf(
                    CommitResult.Fenced.class, store.commit(List.of(batch)).getFirst());
            assertEquals(Optional.empty(), store.message(Records.messageId(1)));
        }
    }

    @Test
    default void epochs_grow_over_every_opening() throws Exception {
        long epoch = 0;
        for (int i = 0; i < 4; i++) {
            try (Tenant tenant = tenant()) {
                assertTrue(tenant.opened().epoch() > epoch);
                epoch = tenant.opened().epoch();
            }
        }
    }

    @Test
    default void shards_do_not_see_each_other() throws Exception {
        try (MessageStore store = open(StoreFaults.NONE)) {
            Tenant one = new Tenant(store, 1);
            Tenant two = new Tenant(store, 2);
            one.commit(
                    Records.chunk(1, 0, 10),
                    new Write.PutMessage(Records.message(1)),
                    new Write.PutQueue(Records.queue(4, 1)));
            two.commit(new Write.PutQueue(Records.queue(4, 2)));
            assertThrows(IllegalArgumentException.class, () -> two.commit(new Write.DropMessage(Records.messageId(1))));
            assertThrows(IllegalArgumentException.class, () -> two.commit(Records.chunk(2, 0, 10)));
        }
        try (MessageStore store = open(StoreFaults.NONE)) {
            Tenant two = new Tenant(store, 2);
            assertEquals(List.of(), two.messages);
            assertEquals(List.of(Records.queue(4, 2)), two.queues);
            Tenant one = new Tenant(store, 1);
            assertEquals(List.of(Records.queue(4, 1)), one.queues);
            assertTrue(one.shown().contains("10 octets"), "opening shard 2 did not sweep shard 1");
        }
    }

    @Test
    default void ids_are_never_given_again_though_nothing_is_left_of_them() throws Exception {
        long message;
        long content;
        int queue;
        try (Tenant tenant = tenant()) {
            message = tenant.opened().nextMessage() + 50_000;
            content = tenant.opened().nextContent() + 70_000;
            queue = tenant.opened().nextQueue() + 7;
            ContentRef body = new ContentRef(content, 1, 10);
            tenant.commit(
                    new Write.Chunk(content, 0, Records.octets(1, 0, 10)),
                    new Write.PutMessage(Records.message(message, body)),
                    new Write.PutQueue(Records.queue(queue, 0)));
            tenant.commit(
                    new Write.DropMessage(Records.messageId(message)),
                    new Write.DropContent(body),
                    new Write.DropQueue(queue));
        }
        for (int i = 0; i < 3; i++) {
            try (Tenant tenant = tenant()) {
                assertEquals(message + 1, tenant.opened().nextMessage(), "closed in peace: none is skipped");
                assertEquals(content + 1, tenant.opened().nextContent());
                assertEquals(queue + 1, tenant.opened().nextQueue());
            }
        }
    }

    @Test
    default void content_that_no_record_covers_is_swept_at_opening() throws Exception {
        MessageRecord message = Records.message(2);
        ContentRef orphan = Records.content(1, 2, 20);
        ContentRef distant = Records.content(100_000, 1, 10);
        try (Tenant tenant = tenant()) {
            tenant.commitUnsynced(Records.chunk(1, 0, 10), Records.chunk(1, 1, 10));
            tenant.commit(Records.chunk(2, 0, 10), new Write.PutMessage(message));
            tenant.commit(Records.chunk(100_000, 0, 10));
            assertEquals(Records.octets(1, 1, 10), tenant.store.chunk(orphan, 1));
        }
        try (Tenant tenant = tenant()) {
            assertThrows(StoreException.class, () -> tenant.store.chunk(orphan, 0));
            assertThrows(StoreException.class, () -> tenant.store.chunk(distant, 0));
            assertEquals(Records.octets(2, 0, 10), tenant.store.chunk(message.content(), 0));
        }
    }

    @Test
    default void content_stays_as_long_as_a_mailbox_needs_it() throws Exception {
        MessageRecord message = Records.message(1);
        try (Tenant tenant = tenant()) {
            tenant.commit(Records.chunk(1, 0, 10), new Write.PutMessage(message));
            tenant.commit(
                    new Write.DropMessage(message.id()),
                    new Write.PutItem(Records.item("a@company.com", 1, message.content())));
        }
        try (Tenant tenant = tenant()) {
            assertEquals(Records.octets(1, 0, 10), tenant.store.chunk(message.content(), 0));
            tenant.commit(new Write.DropItem("a@company.com", message.id()), new Write.DropContent(message.content()));
            assertThrows(StoreException.class, () -> tenant.store.chunk(message.content(), 0));
        }
    }

    @Test
    default void mailboxes_list_their_items_oldest_first_and_only_theirs() throws Exception {
        ContentRef content = Records.content(1, 1, 10);
        try (Tenant tenant = tenant()) {
            tenant.commit(
                    new Write.PutItem(Records.item("b@company.com", 300, content)),
                    new Write.PutItem(Records.item("b@company.com", 2, content)),
                    new Write.PutItem(Records.item("b@company.co", 5, content)),
                    new Write.PutItem(Records.item("a@company.com", 4, content)),
                    new Write.PutItem(Records.item("bücher@company.com", 6, content)));
            tenant.commit(new Write.PutItem(Records.item("b@company.com", 2, content)));
            assertEquals(
                    List.of(
                            new MessageStore.MailboxCount("a@company.com", 1),
                            new MessageStore.MailboxCount("b@company.co", 1),
                            new MessageStore.MailboxCount("b@company.com", 2),
                            new MessageStore.MailboxCount("bücher@company.com", 1)),
                    tenant.store.mailboxes());
            assertEquals(
                    List.of(Records.item("b@company.com", 2, content), Records.item("b@company.com", 300, content)),
                    tenant.store.items("b@company.com"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> tenant.commit(new Write.PutItem(Records.item("a\0b", 7, content))));
        }
    }

    @Test
    default void a_body_of_36_megabytes_goes_in_and_out_by_chunks() throws Exception {
        int chunkBytes = 256 * 1024;
        int chunks = 36 * 4;
        ContentRef content = Records.content(1, chunks, (long) chunks * chunkBytes);
        try (Tenant tenant = tenant()) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                assertEquals(COMMITTED, tenant.commitUnsynced(Records.chunk(1, chunk, chunkBytes)));
            }
            tenant.commit(new Write.PutMessage(Records.message(1, content)));
        }
        try (Tenant tenant = tenant()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(chunkBytes);
            for (int chunk = 0; chunk < chunks; chunk++) {
                assertEquals(chunkBytes, tenant.store.chunk(content, chunk, buffer.clear()));
                assertEquals(Records.octets(1, chunk, chunkBytes), buffer.flip());
            }
            tenant.commit(new Write.DropMessage(Records.messageId(1)), new Write.DropContent(content));
            assertThrows(StoreException.class, () -> tenant.store.chunk(content, chunks - 1));
        }
    }

    @Test
    default void a_chunk_is_exactly_what_was_between_position_and_limit_when_it_was_committed() throws Exception {
        ContentRef content = Records.content(1, 4, 30);
        try (Tenant tenant = tenant()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(100).position(20).put(Records.octets(1, 0, 10));
            buffer.flip().position(20);
            ByteBuffer heap = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
            tenant.commit(
                    new Write.Chunk(content.id(), 0, buffer),
                    new Write.Chunk(content.id(), 1, heap),
                    new Write.Chunk(content.id(), 2, ByteBuffer.allocateDirect(0)),
                    new Write.Chunk(content.id(), 3, buffer.asReadOnlyBuffer()));
            assertEquals(20, buffer.position());
            assertEquals(30, buffer.limit());
            assertEquals(1, heap.position());
            for (int i = 0; i < 100; i++) {
                buffer.clear().put(i, (byte) 0xEE); // the caller uses it again
            }
            assertEquals(Records.octets(1, 0, 10), tenant.store.chunk(content, 0));
            assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), tenant.store.chunk(content, 1));
            assertEquals(0, tenant.store.chunk(content, 2).remaining());
            assertEquals(Records.octets(1, 0, 10), tenant.store.chunk(content, 3));
            assertTrue(tenant.store.chunk(content, 0).isReadOnly());
        }
    }

    @Test
    default void a_chunk_is_read_into_the_readers_buffer_from_its_position_on() throws Exception {
        ContentRef content = Records.content(1, 1, 10);
        try (Tenant tenant = tenant()) {
            tenant.commit(Records.chunk(1, 0, 10));
            ByteBuffer into = ByteBuffer.allocateDirect(15).position(5);
            assertEquals(10, tenant.store.chunk(content, 0, into));
            assertEquals(15, into.position());
            assertEquals(Records.octets(1, 0, 10), into.flip().position(5));
            assertThrows(
                    IllegalArgumentException.class, () -> tenant.store.chunk(content, 0, ByteBuffer.allocateDirect(9)));
            assertThrows(StoreException.class, () -> tenant.store.chunk(content, 1, into.clear()));
            assertThrows(StoreException.class, () -> tenant.store.chunk(Records.content(1, 2, 10), 1, into.clear()));
        }
    }

    @Test
    default void a_commit_that_failed_fails_all_that_follow_until_the_store_is_opened_again() throws Exception {
        CommitResult.Failed full = new CommitResult.Failed("No space left on device", true);
        int[] commits = {0};
        StoreFaults third = (operation, _) -> operation == Operation.COMMIT && ++commits[0] == 3
                ? Optional.of(new StoreFault.Full())
                : Optional.empty();
        try (Tenant tenant = new Tenant(open(third))) {
            assertEquals(COMMITTED, tenant.commit(new Write.PutMessage(Records.message(1))));
            assertEquals(COMMITTED, tenant.commit(new Write.PutMessage(Records.message(2))));
            assertEquals(
                    List.of(full, full),
                    tenant.store.commit(List.of(
                            tenant.durable(new Write.PutMessage(Records.message(3))),
                            tenant.unsynced(Records.chunk(3, 0, 10)))));
            assertEquals(full, tenant.commit(new Write.PutMessage(Records.message(4))));
            assertNotEquals(Optional.empty(), tenant.store.message(Records.messageId(2)), "reads go on");
            assertEquals(Optional.empty(), tenant.store.message(Records.messageId(4)));
            assertThrows(StoreException.class, () -> new Tenant(tenant.store));
        }
        try (Tenant tenant = tenant()) {
            assertEquals(2, tenant.messages.size());
            assertEquals(COMMITTED, tenant.commit(new Write.PutMessage(Records.message(4))));
        }
    }

    @Test
    default void a_closed_store_says_so() throws Exception {
        Tenant tenant = tenant();
        tenant.close();
        tenant.close();
        assertThrows(StoreException.class, () -> tenant.store.message(1));
        assertThrows(StoreException.class, () -> tenant.store.mailboxes());
        assertThrows(StoreException.class, () -> new Tenant(tenant.store));
        assertInstanceOf(CommitResult.Failed.class, tenant.commit(new Write.DropQueue(4)));
        assertEquals(0, tenant.store.sizeBytes());
    }

    @Test
    default void two_stores_at_once_on_one_place_are_refused() throws Exception {
        try (MessageStore _ = open(StoreFaults.NONE)) {
            StoreException refused = assertThrows(StoreException.class, () -> open(StoreFaults.NONE));
            assertTrue(refused.getMessage().contains("in use by another"), refused.getMessage());
        }
        open(StoreFaults.NONE).close();
    }

    @Test
    default void a_record_of_an_unknown_version_is_named_and_not_left_out() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(new Write.PutMessage(Records.message(1)), new Write.PutMessage(Records.message(2)));
        }
        put(Disk.Family.META, Keys.message(Records.messageId(2)), new byte[] {9, 1, 2});
        try (MessageStore store = open(StoreFaults.NONE)) {
            StoreException damage = assertThrows(StoreException.class, () -> new Tenant(store));
            assertTrue(damage.getMessage().contains("message " + Records.messageId(2)), damage.getMessage());
            assertTrue(damage.getMessage().contains("format 9"), damage.getMessage());
        }
    }

    @Test
    default void a_damaged_record_is_an_error_wherever_it_is_read() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(
                    new Write.PutMessage(Records.message(1)),
                    new Write.PutItem(Records.item("a@company.com", 1, Records.content(1, 1, 10))));
        }
        put(Disk.Family.META, Keys.copy(Records.messageId(1), 4), new byte[] {1, 0});
        put(Disk.Family.MAILBOX, Keys.item("a@company.com", Records.messageId(1)), new byte[0]);
        try (MessageStore store = open(StoreFaults.NONE)) {
            assertThrows(StoreException.class, () -> new Tenant(store));
            assertThrows(StoreException.class, () -> store.copy(Records.messageId(1), 4));
            assertThrows(StoreException.class, () -> store.copies(Records.messageId(1)));
            assertThrows(StoreException.class, () -> store.items("a@company.com"));
            assertNotEquals(Optional.empty(), store.message(Records.messageId(1)));
        }
    }

    @Test
    default void a_store_of_an_unknown_format_is_refused() throws Exception {
        tenant().close();
        put(Disk.Family.HOUSE, Keys.format(), new byte[] {7});
        StoreException refused = assertThrows(StoreException.class, () -> open(StoreFaults.NONE));
        assertTrue(refused.getMessage().contains("format 7"), refused.getMessage());
        disk().close(); // what refused it has let go of it
    }

    @Test
    default void a_copy_without_its_message_is_damage_and_not_left_out_in_silence() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(
                    new Write.PutCopy(Records.copy(1, 4, 1)),
                    new Write.PutMessage(Records.message(2)),
                    new Write.PutCopy(Records.copy(2, 4, 1)));
        }
        try (MessageStore store = open(StoreFaults.NONE)) {
            StoreException refused = assertThrows(StoreException.class, () -> new Tenant(store));
            assertTrue(refused.damaged(), refused.getMessage());
        }
    }

    @Test
    default void the_newest_moment_is_one_that_has_been() throws Exception {
        try (Tenant tenant = tenant()) {
            tenant.commit(
                    new Write.PutQueue(Records.queue(4, 5)),
                    new Write.PutMessage(Records.message(3)),
                    new Write.PutCopy(Records.copy(3, 4, 1)));
        }
        try (Tenant tenant = tenant()) {
            assertEquals(Records.queue(4, 5).lastRetryMillis(), tenant.opened().newestMillis());
        }
    }

    @Test
    default void a_long_life_ends_as_it_should_over_many_openings() throws Exception {
        Story story = new Story(11);
        int number = 0;
        for (int life = 0; life < 4; life++) {
            try (Tenant tenant = tenant()) {
                assertEquals(number, Story.steps(tenant));
                assertEquals(story.after(number), tenant.shown());
                for (; number < (life + 1) * 60; number++) {
                    tenant.store.commit(story.step(tenant, number));
                }
            }
        }
    }

    private void put(Disk.Family family, byte[] key, byte[] value) throws Exception {
        try (Disk disk = disk()) {
            ByteBuffer direct = ByteBuffer.allocateDirect(key.length).put(key).flip();
            disk.put(family, direct, ByteBuffer.wrap(value));
            disk.endBatch();
            disk.write(true);
        }
    }
}
