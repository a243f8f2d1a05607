package dev.tarry.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class StoredRandomTest {
    private static final int DRAWS = 1_000;

    @Test
    void it_gives_its_sources_octets_in_order_each_once() {
        RandomGenerator source = new Random(7);
        Random same = new Random(7);
        StoredRandom stored = new StoredRandom(source);
        byte[] octets = new byte[1024];
        for (int round = 0; round < 3; round++) {
            same.nextBytes(octets);
            ByteBuffer expected = ByteBuffer.wrap(octets);
            while (expected.hasRemaining()) {
                assertEquals(expected.getLong(), stored.nextLong());
            }
        }
    }

    @Test
    void threads_that_draw_at_once_never_get_the_same() throws InterruptedException {
        StoredRandom stored = new StoredRandom(new Random(7));
        long[][] drawn = new long[4][DRAWS];
        Thread[] threads = new Thread[drawn.length];
        for (int i = 0; i < threads.length; i++) {
            long[] mine = drawn[i];
            threads[i] = Thread.ofPlatform().start(() -> {
                for (int n = 0; n < DRAWS; n++) {
                    mine[n] = stored.nextLong();
                }
            });
        }
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            for (long one : drawn[i]) {
                all.add(one);
            }
        }
        assertEquals(threads.length * DRAWS, all.size());
    }
}
