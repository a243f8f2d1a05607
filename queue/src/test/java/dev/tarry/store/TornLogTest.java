package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a loss of power can do to the write-ahead log: its end is missing, or is something else. The store opens with a
/// prefix of what was committed, each step whole. Damage in the middle is no loss of power, and is refused.
final class TornLogTest {
    private static final int STEPS = 150;
    private static final int CUTS = Integer.getInteger("tarry.store.cuts", 20);
    private static final long SEED = Long.getLong("tarry.store.seed", 1);

    @TempDir
    Path temporary;

    private final Story story = new Story(SEED);
    private final SplittableRandom chance = new SplittableRandom(SEED);
    private int images;

    @BeforeEach
    void live() throws Exception {
        try (Tenant tenant = new Tenant(RocksMessageStore.open(store(), StoreFaults.NONE))) {
            for (int number = 0; number < STEPS; number++) {
                tenant.store.commit(story.step(tenant, number));
            }
        }
    }

    private Path store() {
        return temporary.resolve("store");
    }

    private Path image() throws Exception {
        Path image = temporary.resolve("image" + images++);
        Folders.copy(store(), image);
        return image;
    }

    /// @return the steps that are there
    private int openedWhole(Path image, String which) throws StoreException {
        try (Tenant tenant = new Tenant(RocksMessageStore.open(image, StoreFaults.NONE))) {
            int steps = Story.steps(tenant);
            assertEquals(story.after(steps), tenant.shown(), which);
            return steps;
        }
    }

    @Test
    void a_log_cut_anywhere_leaves_a_prefix_of_whole_steps() throws Exception {
        TreeSet<Integer> found = new TreeSet<>();
        for (int cut = 0; cut < CUTS; cut++) {
            Path image = image();
            Path log = Folders.newestLog(image);
            long length = chance.nextLong(Files.size(log));
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            String which = "seed " + SEED + ", cut at " + length;
            int steps = openedWhole(image, which);
            found.add(steps);
            assertEquals(steps, openedWhole(image, which + ", opened again"));
        }
        assertTrue(found.size() > CUTS / 2, "the cuts made a difference: " + found);
        assertTrue(found.last() < STEPS + 1);
    }

    @Test
    void octets_that_follow_the_end_of_the_log_do_no_harm() throws Exception {
        for (int kind = 0; kind < 3; kind++) {
            Path image = image();
            byte[] more = new byte[1 + chance.nextInt(5_000)];
            switch (kind) {
                case 0 -> chance.nextBytes(more);
                case 1 -> {} // zeros, as a file has that grew without its octets
                default -> more = "not a log".getBytes(StandardCharsets.US_ASCII);
            }
            Files.write(Folders.newestLog(image), more, StandardOpenOption.APPEND);
            assertEquals(STEPS, openedWhole(image, "seed " + SEED + ", kind " + kind));
        }
    }

    @Test
    void damage_in_the_middle_of_the_log_is_refused_and_never_skipped() throws Exception {
        for (int hit = 0; hit < 5; hit++) {
            Path image = image();
            Path log = Folders.newestLog(image);
            long size = Files.size(log);
            long at = size / 10 + chance.nextLong(size / 2);
            byte[] noise = new byte[64];
            chance.nextBytes(noise);
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(noise), at);
            }
            StoreException refused = assertThrows(
                    StoreException.class,
                    () -> RocksMessageStore.open(image, StoreFaults.NONE).close(),
                    "at " + at);
            assertTrue(refused.damaged(), refused.getMessage());
        }
    }
}
