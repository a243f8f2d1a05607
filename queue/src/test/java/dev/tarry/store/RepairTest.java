package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.MessageIds;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A damaged store is set aside and named, and what can be read of it goes on.
final class RepairTest {
    /// Older ones in tables, younger ones in the log.
    private static final int TABLED = 120;

    private static final int MESSAGES = 200;
    private static final int BODY_BYTES = 3_000;
    private static final int SEEDS = Integer.getInteger("tarry.store.repairs", 24);
    private static final long FIRST_SEED = Long.getLong("tarry.store.seed", 1);

    @TempDir
    Path temporary;

    private Path store;

    @BeforeEach
    void live() throws Exception {
        Path lived = temporary.resolve("lived");
        for (int from = 1; from <= TABLED; from += TABLED / 3) {
            try (Tenant tenant = new Tenant(RocksMessageStore.open(lived, StoreFaults.NONE))) {
                accept(tenant, from, from + TABLED / 3);
            }
        }
        store = temporary.resolve("store");
        try (Tenant tenant = new Tenant(RocksMessageStore.open(lived, StoreFaults.NONE))) {
            accept(tenant, TABLED + 1, MESSAGES + 1);
            Folders.copy(lived, store);
        }
    }

    private static void accept(Tenant tenant, int from, int to) {
        for (int queue = 4; queue < 7; queue++) {
            tenant.commit(new Write.PutQueue(Records.queue(queue, 0)));
        }
        for (int number = from; number < to; number++) {
            tenant.commit(
                    Records.chunk(number, 0, BODY_BYTES),
                    new Write.PutMessage(Records.message(number, Records.content(number, 1, BODY_BYTES))),
                    new Write.PutCopy(Records.copy(number, 4 + number % 3, 2)));
        }
    }

    /// What came of opening a store that may be damaged.
    private static final class Opened implements AutoCloseable {
        final Optional<Damage> damage;
        final Tenant tenant;
        final TreeMap<Long, MessageRecord> messages = new TreeMap<>();

        Opened(Path folder) throws StoreException {
            Optional<Damage> found = Optional.empty();
            Tenant opened;
            try {
                opened = tenant(folder);
            } catch (StoreException e) {
                assertTrue(e.damaged(), e::toString);
                found = Optional.of(RocksMessageStore.repair(folder, e.getMessage()));
                opened = tenant(folder);
            }
            damage = found;
            tenant = opened;
            for (int i = 0; i < tenant.messages.size(); i++) {
                MessageRecord message = tenant.messages.get(i);
                long number = MessageIds.counter(message.id());
                assertEquals(Records.message(number, Records.content(number, 1, BODY_BYTES)), message);
                assertEquals(1, tenant.copies.get(i).size(), () -> "copies of " + number);
                messages.put(number, message);
            }
        }

        private static Tenant tenant(Path folder) throws StoreException {
            MessageStore store = RocksMessageStore.open(folder, StoreFaults.NONE);
            try {
                return new Tenant(store);
            } catch (StoreException e) {
                store.close();
                throw e;
            }
        }

        /// Those whose octets are what they were.
        TreeSet<Long> whole() {
            TreeSet<Long> whole = new TreeSet<>();
            messages.forEach((number, message) -> {
                try {
                    ByteBuffer octets = tenant.store.chunk(message.content(), 0);
                    assertEquals(Records.octets(number, 0, BODY_BYTES), octets, "octets that nobody wrote");
                    whole.add(number);
                } catch (StoreException _) {
                    // it fails clearly, and for this message alone
                }
            });
            return whole;
        }

        TreeSet<Long> named() {
            TreeSet<Long> named = new TreeSet<>();
            damage.ifPresent(found -> found.findings().stream()
                    .filter(f -> f.fate() == Damage.Fate.LOST || f.fate() == Damage.Fate.BODY_LOST)
                    .filter(f -> f.id() != 0)
                    .forEach(f -> named.add(MessageIds.counter(f.id()))));
            return named;
        }

        TreeSet<Long> missing() {
            TreeSet<Long> missing = new TreeSet<>();
            IntStream.rangeClosed(1, MESSAGES).forEach(n -> missing.add((long) n));
            missing.removeAll(whole());
            return missing;
        }

        @Override
        public void close() {
            tenant.close();
        }
    }

    private static void turn(Path file, long at) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer octet = ByteBuffer.allocate(1);
            channel.read(octet, at);
            octet.put(0, (byte) ~octet.get(0)).flip();
            channel.write(octet, at);
        }
    }

    @Test
    void what_is_not_damaged_is_opened_as_it_is() throws Exception {
        try (Opened opened = new Opened(store)) {
            assertEquals(Optional.empty(), opened.damage);
            assertEquals(MESSAGES, opened.whole().size());
        }
    }

    @Test
    void one_wrong_octet_in_the_log_costs_one_commit_and_names_it() throws Exception {
        Path log = Folders.newestLog(store);
        turn(log, Files.size(log) / 2);
        try (Opened opened = new Opened(store)) {
            Damage damage = opened.damage.orElseThrow();
            assertEquals(1, opened.missing().size(), () -> opened.missing() + " " + damage);
            assertEquals(opened.missing(), opened.named(), damage::toString);
            assertTrue(damage.findings().toString().contains(log.getFileName().toString()), damage::toString);
            assertTrue(Files.readString(damage.report())
                    .contains("<" + opened.missing().first() + "@client.example>"));
            assertTrue(Files.exists(damage.aside().resolve("CURRENT")), "the damaged store is kept");
        }
        try (Opened again = new Opened(store)) {
            assertEquals(Optional.empty(), again.damage, "it is mended for good");
            assertEquals(MESSAGES - 1, again.whole().size());
        }
    }

    @Test
    void no_id_that_was_ever_given_is_given_again() throws Exception {
        Path log = Folders.newestLog(store);
        turn(log, Files.size(log) / 2);
        try (Opened opened = new Opened(store)) {
            MessageStore.Opened free = opened.tenant.opened();
            assertTrue(free.nextMessage() > MESSAGES + Salvage.LEAP_IDS - 1, free::toString);
            assertTrue(free.nextContent() > Records.contentId(MESSAGES) + Salvage.LEAP_IDS - 1, free::toString);
            assertTrue(free.nextQueue() > 7, free::toString);
        }
    }

    @Test
    void without_its_first_file_it_is_not_taken_for_an_empty_one() throws Exception {
        Files.delete(store.resolve("CURRENT"));
        try (Opened opened = new Opened(store)) {
            assertTrue(opened.damage.isPresent());
            assertEquals(MESSAGES, opened.whole().size());
        }
    }

    @Test
    void without_its_list_of_tables_nothing_is_lost() throws Exception {
        for (Path manifest : Folders.files(store, "").stream()
                .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                .toList()) {
            Files.delete(manifest);
        }
        try (Opened opened = new Opened(store)) {
            assertTrue(opened.damage.orElseThrow().findings().toString().contains("MANIFEST"));
            assertEquals(MESSAGES, opened.whole().size());
        }
    }

    @Test
    void without_one_of_its_tables_the_others_are_there_and_it_is_said() throws Exception {
        for (Path table : Folders.files(store, ".sst")) {
            Path image = temporary.resolve("without-" + table.getFileName());
            Folders.copy(store, image);
            Files.delete(image.resolve(table.getFileName()));
            try (Opened opened = new Opened(image)) {
                assertTrue(opened.damage.isPresent());
                assertTrue(opened.whole().size() >= MESSAGES - TABLED / 3 - 1, () -> table + " " + opened.missing());
                assertTrue(
                        opened.missing().isEmpty()
                                || opened.damage.get().unknown() > 0
                                || opened.named().containsAll(opened.missing()),
                        () -> opened.damage + " lacks " + opened.missing());
            }
        }
    }

    @Test
    void without_its_log_the_tables_are_there_and_it_is_said() throws Exception {
        for (Path log : Folders.files(store, ".log")) {
            Files.delete(log);
        }
        try (Opened opened = new Opened(store)) {
            assertTrue(opened.damage.isPresent());
            assertTrue(opened.whole().size() >= TABLED, () -> opened.missing().toString());
        }
    }

    private void write(Write... writes) throws StoreException {
        try (Tenant tenant = new Tenant(RocksMessageStore.open(store, StoreFaults.NONE))) {
            tenant.commit(writes);
        }
    }

    @Test
    void a_record_that_makes_no_sense_is_set_aside_and_named() throws Exception {
        RocksDisk disk = RocksDisk.open(store);
        ByteBuffer key =
                ByteBuffer.allocateDirect(8).putLong(Records.messageId(7)).flip();
        disk.put(Disk.Family.META, key, ByteBuffer.wrap(new byte[] {2, 1, 2, 3}));
        disk.endBatch();
        disk.write(true);
        disk.close();
        try (Opened opened = new Opened(store)) {
            assertEquals(new TreeSet<>(List.of(7L)), opened.missing());
            assertEquals(new TreeSet<>(List.of(7L)), opened.named());
            assertTrue(
                    Files.readString(opened.damage.orElseThrow().report()).contains("user0@host"),
                    "its recipients are known from its copy");
        }
    }

    @Test
    void a_record_of_a_later_tarry_is_no_damage_and_is_left_alone() throws Exception {
        RocksDisk disk = RocksDisk.open(store);
        ByteBuffer key =
                ByteBuffer.allocateDirect(8).putLong(Records.messageId(7)).flip();
        disk.put(Disk.Family.META, key, ByteBuffer.wrap(new byte[] {RecordFormat.VERSION + 1, 1, 2, 3}));
        disk.endBatch();
        disk.write(true);
        disk.close();
        StoreException refused =
                assertThrows(StoreException.class, () -> Opened.tenant(store).close());
        assertFalse(refused.damaged(), refused.getMessage());
    }

    @Test
    void a_copy_in_a_queue_that_is_not_there_is_categorized_anew() throws Exception {
        write(new Write.DropQueue(5));
        Damage damage = RocksMessageStore.repair(store, "a copy is in queue 5, which is not there");
        try (Opened opened = new Opened(store)) {
            assertEquals(new TreeSet<>(), opened.missing());
            assertTrue(damage.moved() > 0);
            for (List<CopyRecord> copies : opened.tenant.copies) {
                assertTrue(List.of(1, 4, 6).contains(copies.getFirst().queueId()));
                assertEquals(2, copies.getFirst().recipients().size());
            }
        }
    }

    @Test
    void a_copy_without_its_message_is_set_aside_and_named() throws Exception {
        write(new Write.DropMessage(Records.messageId(9)));
        try (Opened opened = new Opened(store)) {
            assertEquals(new TreeSet<>(List.of(9L)), opened.missing());
            assertEquals(new TreeSet<>(List.of(9L)), opened.named());
        }
    }

    @Test
    void a_chunk_that_is_not_there_is_an_error_of_its_message_alone() throws Exception {
        RocksDisk disk = RocksDisk.open(store);
        disk.remove(
                Disk.Family.CONTENT,
                ByteBuffer.allocateDirect(12)
                        .putLong(Records.contentId(11))
                        .putInt(0)
                        .flip());
        disk.endBatch();
        disk.write(true);
        disk.close();
        write(new Write.DropMessage(Records.messageId(9))); // which has it repaired
        try (Opened opened = new Opened(store)) {
            assertEquals(new TreeSet<>(List.of(9L, 11L)), opened.missing());
            assertTrue(opened.messages.containsKey(11L), "the message is there");
            assertTrue(opened.damage.orElseThrow().findings().stream()
                    .anyMatch(f -> f.fate() == Damage.Fate.BODY_LOST && f.id() == Records.messageId(11)));
        }
    }

    private static byte[] octets(ByteBuffer of) {
        byte[] octets = new byte[of.remaining()];
        of.get(octets);
        return octets;
    }

    private static ResubmitRecord request(int id) {
        return new ResubmitRecord(
                id,
                1_700_000_000_000L,
                true,
                false,
                new ResubmitRecord.Wanted(
                        Optional.empty(),
                        Optional.of("sender@company.com"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        1_800_000_000_000L),
                NetItem.Place.FIRST,
                3,
                1);
    }

    private static NetItem kept(int number) {
        return new NetItem(
                new NetItem.Place(1_700_000_000_000L + number, Records.messageId(number), 1),
                new UUID(0, 7),
                Records.message(number, Records.content(number, 1, BODY_BYTES)),
                Records.copy(number, 4, 2).recipients());
    }

    private static void putInNet(RocksDisk disk, byte[] key, byte[] value) throws WriteFailure {
        disk.put(
                Disk.Family.SAFETYNET,
                ByteBuffer.allocateDirect(key.length).put(key).flip(),
                ByteBuffer.wrap(value));
    }

    @Test
    void what_safety_net_keeps_and_its_requests_are_there_after_a_repair_and_what_is_wrong_is_named() throws Exception {
        write(
                new Write.DropCopy(Records.messageId(9), 4), // delivered: Safety Net alone has it
                new Write.DropMessage(Records.messageId(9)),
                new Write.PutNetItem(kept(9)),
                new Write.PutResubmit(request(1)));
        RocksDisk disk = RocksDisk.open(store); // those above come into tables, these stay in the log
        byte[] senseless = {2, 1, 2, 3};
        putInNet(disk, Keys.net(Records.SHARD, kept(10).place()), senseless);
        putInNet(disk, Keys.request(Records.SHARD, 2), senseless);
        putInNet(
                disk,
                Keys.net(Records.SHARD, kept(11).place()),
                octets(RecordFormat.write(new RecordWriter(), kept(11))));
        putInNet(disk, Keys.request(Records.SHARD, 3), octets(RecordFormat.write(new RecordWriter(), request(3))));
        disk.endBatch();
        disk.write(true);
        disk.close();

        Damage damage = RocksMessageStore.repair(store, "a test");
        assertEquals(
                2,
                damage.findings().stream()
                        .filter(f -> f.fate() == Damage.Fate.LOST && f.kind().equals("safety net"))
                        .count(),
                damage::toString);
        assertTrue(damage.findings().toString().contains("resubmit request 2"), damage::toString);
        List<ResubmitRecord> requests = new ArrayList<>();
        MessageStore.Loader loader = new MessageStore.Loader() {
            @Override
            public void queue(QueueRecord queue) {}

            @Override
            public void message(MessageRecord message, List<CopyRecord> copies) {}

            @Override
            public void item(MailboxItem item) {}

            @Override
            public void request(ResubmitRecord request) {
                requests.add(request);
            }
        };
        try (MessageStore again = RocksMessageStore.open(store, StoreFaults.NONE)) {
            MessageStore.Opened opened = again.open(Records.SHARD, loader);
            assertEquals(List.of(request(1), request(3)), requests);
            assertEquals(
                    List.of(kept(9), kept(11)),
                    again.kept(Records.SHARD, NetItem.Place.FIRST, 1_800_000_000_000L, 100));
            assertEquals(Records.octets(9, 0, BODY_BYTES), again.chunk(Records.content(9, 1, BODY_BYTES), 0));
            assertTrue(opened.nextMessage() > MESSAGES, opened::toString);
        }
    }

    @Test
    void ranges_that_are_removed_in_the_log_are_no_damage() throws Exception {
        RocksDisk disk = RocksDisk.open(store);
        disk.removeChunks(Keys.chunk(Records.contentId(20), 0), Keys.chunk(Records.contentId(22), 0));
        disk.endBatch();
        disk.write(true);
        disk.close();
        Damage damage = RocksMessageStore.repair(store, "a test");
        assertEquals(0, damage.unknown(), damage::toString);
        try (Opened opened = new Opened(store)) {
            assertEquals(new TreeSet<>(List.of(20L, 21L)), opened.missing());
        }
    }

    @Test
    void a_commit_in_the_log_of_which_a_part_makes_no_sense_is_left_out_whole() throws Exception {
        byte[] key = Keys.queue(Records.SHARD, 77);
        byte[] value = octets(RecordFormat.write(new RecordWriter(), Records.queue(77, 0)));
        ByteBuffer payload = ByteBuffer.allocate(1_000);
        payload.position(12); // sequence number and count
        payload.put((byte) 5).put((byte) Disk.Family.QUEUE.ordinal());
        payload.put((byte) key.length).put(key).put((byte) value.length).put(value);
        payload.put((byte) 99);
        Path log = Folders.newestLog(store);
        byte[] commit = octets(payload.flip());
        Files.write(log, LogRecord.of(commit, Files.size(log)), StandardOpenOption.APPEND);
        Damage damage = RocksMessageStore.repair(store, "a test");
        assertTrue(damage.unknown() > 0, damage::toString);
        try (Opened opened = new Opened(store)) {
            assertTrue(opened.tenant.queues.stream().noneMatch(queue -> queue.id() == 77));
            assertEquals(MESSAGES, opened.whole().size());
        }
    }

    @Test
    void a_repair_that_fails_leaves_nothing_behind() throws Exception {
        RocksDisk disk = RocksDisk.open(store);
        ByteBuffer key =
                ByteBuffer.allocateDirect(8).putLong(Records.messageId(7)).flip();
        disk.put(Disk.Family.META, key, ByteBuffer.wrap(new byte[] {RecordFormat.VERSION + 1, 1, 2, 3}));
        disk.endBatch();
        disk.write(true);
        disk.close();
        assertThrows(StoreException.class, () -> RocksMessageStore.repair(store, "a test"));
        try (Stream<Path> beside = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    beside.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith("store."))
                            .toList());
        }
    }

    @Test
    void no_more_than_a_few_damaged_stores_are_kept_and_the_reports_of_all() throws Exception {
        for (int times = 1; times <= Damage.MAX_KEPT + 2; times++) {
            Damage damage = RocksMessageStore.repair(store, "again");
            assertEquals("store.damaged-" + times, damage.aside().getFileName().toString());
            assertTrue(Files.exists(damage.report()));
        }
        for (int number = 1; number <= Damage.MAX_KEPT + 2; number++) {
            assertEquals(number > 2, Files.exists(temporary.resolve("store.damaged-" + number)), "number " + number);
            assertTrue(Files.exists(temporary.resolve("store.damaged-" + number + ".txt")));
        }
    }

    @Test
    void a_first_start_that_was_cut_off_is_no_damage() throws Exception {
        Path fresh = temporary.resolve("fresh");
        Files.createDirectories(fresh);
        Files.writeString(fresh.resolve("MANIFEST-000001"), "begun");

        RocksMessageStore.open(fresh, StoreFaults.NONE).close();

        Path later = temporary.resolve("later");
        RocksDisk.open(later).close();
        for (Path file : Folders.files(later, "")) {
            String name = file.getFileName().toString();
            if (name.endsWith(".log") || name.startsWith("OPTIONS-")) {
                Files.delete(file);
            }
        }
        assertTrue(Files.exists(later.resolve("CURRENT")));
        RocksMessageStore.open(later, StoreFaults.NONE).close();
    }

    @Test
    void a_repair_that_is_cut_off_is_begun_again_or_gone_on_with() throws Exception {
        Path log = Folders.newestLog(store);
        turn(log, Files.size(log) / 2);
        Files.createDirectories(temporary.resolve("store.repairing"));
        Files.writeString(temporary.resolve("store.repairing").resolve("CURRENT"), "half");
        try (Opened opened = new Opened(store)) {
            assertEquals(MESSAGES - 1, opened.whole().size());
        }
        // complete, and killed before the renaming: whether or not the damaged one was moved already
        Files.move(store, temporary.resolve("store.repaired"));
        try (Opened opened = new Opened(store)) {
            assertEquals(MESSAGES - 1, opened.whole().size());
        }
        Files.move(store, temporary.resolve("store.repaired"));
        Folders.copy(temporary.resolve("store.damaged-1"), store);
        try (Opened opened = new Opened(store)) {
            assertEquals(MESSAGES - 1, opened.whole().size());
        }
        assertTrue(Files.exists(temporary.resolve("store.damaged-2")));
    }

    @TestFactory
    Stream<DynamicTest> whatever_happens_to_the_files_it_starts_and_invents_nothing() {
        return IntStream.range(0, SEEDS)
                .mapToObj(i -> FIRST_SEED + i)
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> harm(seed)));
    }

    private void harm(long seed) throws Exception {
        SplittableRandom chance = new SplittableRandom(seed);
        Path image = temporary.resolve("harmed-" + seed);
        Folders.copy(store, image);
        List<Path> files = new ArrayList<>(Folders.files(image, "").stream()
                .filter(file -> file.getFileName().toString().matches("(MANIFEST-.*|CURRENT|.*\\.log|.*\\.sst)"))
                .toList());
        Path file = files.get(chance.nextInt(files.size()));
        long size = Files.size(file);
        String done = file.getFileName() + " of " + size + " octets: ";
        switch (chance.nextInt(5)) {
            case 0 -> {
                Files.delete(file);
                done += "deleted";
            }
            case 1 -> {
                long left = chance.nextLong(size + 1);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(left);
                }
                done += "cut at " + left;
            }
            default -> {
                for (int i = chance.nextInt(1, 4); i > 0 && size > 0; i--) {
                    long at = chance.nextLong(size);
                    turn(file, at);
                    done += "turned at " + at + " ";
                }
            }
        }
        String what = "seed " + seed + ", " + done;
        try (Opened opened = new Opened(image)) {
            TreeSet<Long> missing = opened.missing();
            // the list of tables cut at its end looks as it did earlier
            boolean log = file.toString().endsWith(".log") || file.toString().contains("MANIFEST");
            boolean told = opened.damage.map(d -> d.unknown() > 0).orElse(false)
                    || opened.named().containsAll(missing);
            // what is cut off the end of the log, or wrong in its last record, looks as a crash leaves it; what is
            // wrong
            // in a table shows when it is read
            boolean shows = opened.damage.isEmpty() && (log || readsFail(opened, missing));
            assertTrue(missing.isEmpty() || told || shows, () -> what + " lacks " + missing + ": " + opened.damage);
            assertTrue(log || missing.size() <= TABLED, () -> what + " lacks " + missing + " " + opened.damage);
            assertEquals(
                    new CommitResult.Committed(),
                    opened.tenant.commit(new Write.PutMessage(Records.message(MESSAGES + 5))),
                    what);
        }
    }

    private static boolean readsFail(Opened opened, TreeSet<Long> missing) {
        return opened.messages.keySet().containsAll(missing);
    }
}
