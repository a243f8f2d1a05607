package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bad weather leaves in the files: what a disk would have left. An image is what a kill at that moment leaves.
final class BadWeatherOnFilesTest {
    private static final long SEED = 7;

    @TempDir
    Path temporary;

    private final Story story = new Story(SEED);
    private final BadWeatherContract.Hand weather = new BadWeatherContract.Hand();
    private int images;

    private Path store() {
        return temporary.resolve("store");
    }

    private Path image() throws Exception {
        Path image = temporary.resolve("image" + images++);
        Folders.copy(store(), image);
        return image;
    }

    private Tenant live(int steps) throws Exception {
        Tenant tenant = new Tenant(RocksMessageStore.open(store(), weather));
        for (int number = 0; number < steps; number++) {
            tenant.store.commit(story.step(tenant, number));
        }
        return tenant;
    }

    private void holds(int steps, Path image) throws StoreException {
        for (int again = 0; again < 2; again++) {
            try (Tenant tenant = new Tenant(RocksMessageStore.open(image, StoreFaults.NONE))) {
                assertEquals(steps, Story.steps(tenant));
                assertEquals(story.after(steps), tenant.shown());
            }
        }
    }

    @Test
    void half_a_record_stands_at_the_end_of_the_log_after_a_torn_commit_killed_or_closed() throws Exception {
        for (int steps : new int[] {1, 5, 40}) {
            Folders.delete(store());
            Path killed;
            long before;
            try (Tenant tenant = live(steps)) {
                before = Files.size(Folders.newestLog(store()));
                weather.next = new StoreFault.Torn();
                tenant.store.commit(story.step(tenant, steps));
                weather.next = null;
                killed = image();
            }
            assertTrue(Files.size(Folders.newestLog(killed)) > before);
            assertEquals(Files.size(Folders.newestLog(killed)), Files.size(Folders.newestLog(store())));
            holds(steps, killed);
            holds(steps, store());
        }
    }

    @Test
    void the_record_that_is_torn_is_a_true_one() throws Exception {
        SplittableRandom chance = new SplittableRandom(SEED);
        for (int steps = 1; steps < 6; steps++) {
            Folders.delete(store());
            Path log;
            byte[] before;
            byte[] after;
            try (Tenant tenant = live(steps)) {
                log = Folders.newestLog(store());
                before = Files.readAllBytes(log);
                tenant.store.commit(story.step(tenant, steps));
                after = Files.readAllBytes(log);
            }
            byte[] payload = payload(after, before.length);
            byte[] record = LogRecord.of(payload, before.length);
            assertEquals(
                    ByteBuffer.wrap(after, before.length, after.length - before.length)
                            .slice(),
                    ByteBuffer.wrap(record),
                    "the same octets as RocksDB's");
            Path image = image();
            Files.write(Folders.newestLog(image), before);
            Files.write(
                    Folders.newestLog(image),
                    Arrays.copyOf(record, chance.nextInt(record.length)),
                    StandardOpenOption.APPEND);
            holds(steps, image);
        }
    }

    /// The payload of the record that begins there, put together from its parts.
    private static byte[] payload(byte[] log, int from) {
        ByteBuffer payload = ByteBuffer.allocate(log.length);
        int at = from;
        while (at < log.length) {
            int left = LogRecord.BLOCK_BYTES - at % LogRecord.BLOCK_BYTES;
            if (left < LogRecord.HEADER_BYTES) {
                at += left;
                continue;
            }
            int length = (log[at + 4] & 0xff) | (log[at + 5] & 0xff) << 8;
            payload.put(log, at + LogRecord.HEADER_BYTES, length);
            at += LogRecord.HEADER_BYTES + length;
        }
        return Arrays.copyOf(payload.array(), payload.position());
    }

    @Test
    void what_a_disk_lied_about_is_gone_after_a_kill_too() throws Exception {
        Path killed;
        try (Tenant tenant = live(20)) {
            weather.next = new StoreFault.Lost();
            for (int number = 20; number < 25; number++) {
                tenant.store.commit(story.step(tenant, number));
            }
            killed = image();
        }
        assertTrue(Files.exists(killed.resolve(LogTail.LOST_FILE)));
        holds(20, killed);
        holds(20, store());
        assertFalse(Files.exists(store().resolve(LogTail.LOST_FILE)));
    }

    @Test
    void a_lie_holds_over_the_files_of_the_log_that_were_begun_since() throws Exception {
        int small = 64 * 1024;
        try (Tenant tenant = new Tenant(RocksMessageStore.open(store(), weather, small))) {
            for (int number = 0; number < 5; number++) {
                tenant.store.commit(story.step(tenant, number));
            }
            weather.next = new StoreFault.Lost();
            for (int number = 5; number < 60; number++) {
                tenant.store.commit(story.step(tenant, number));
            }
            assertTrue(Folders.files(store(), ".log").size() > 1, "the log went on in another file");
        }
        holds(5, store());
    }

    @Test
    void a_record_that_stands_damaged_keeps_the_store_from_opening_and_is_named() throws Exception {
        Path killed;
        try (Tenant tenant = live(20)) {
            weather.next = new StoreFault.Corrupt();
            tenant.store.commit(story.step(tenant, 20));
            weather.next = null;
            tenant.store.commit(story.step(tenant, 21));
            killed = image();
        }
        for (Path damaged : new Path[] {killed, store()}) {
            StoreException refused = assertThrows(
                    StoreException.class,
                    () -> RocksMessageStore.open(damaged, StoreFaults.NONE).close());
            assertTrue(refused.damaged(), refused.getMessage());
        }
    }

    @Test
    void a_note_of_what_was_lost_that_makes_no_sense_is_shown_and_nothing_is_cut() throws Exception {
        live(5).close();
        Path note = store().resolve(LogTail.LOST_FILE);
        for (String text : new String[] {"", "000012.log", "../000012.log 3", "000012.log -1", "000012.log 1 1"}) {
            Files.writeString(note, text);
            StoreException refused = assertThrows(
                    StoreException.class,
                    () -> RocksMessageStore.open(store(), StoreFaults.NONE).close());
            assertTrue(refused.getMessage().contains("such as \"000012.log 4096\""), refused.getMessage());
        }
        Files.delete(note);
        holds(5, store());
    }
}
