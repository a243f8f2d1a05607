package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class IncomingMemoryTest {
    private final IncomingMemory memory = new IncomingMemory();

    @Test
    void it_is_scarce_above_its_half_and_spent_at_the_whole_and_so_again_when_it_is_given_back() {
        memory.limit(100);
        memory.take(50);
        assertFalse(memory.scarce());
        memory.take(1);
        assertTrue(memory.scarce());
        assertFalse(memory.spent());
        memory.take(49);
        assertTrue(memory.spent());
        memory.give(1);
        assertFalse(memory.spent());
        memory.give(49);
        assertFalse(memory.scarce());
        assertEquals(50, memory.used());
        assertEquals(100, memory.most());
    }

    @Test
    void without_a_bound_it_is_never_scarce_and_a_bound_of_nothing_is_none() {
        memory.take(1L << 40);
        assertFalse(memory.scarce());
        assertThrows(IllegalArgumentException.class, () -> memory.limit(0));
    }

    @Test
    void a_body_waits_for_each_part_while_memory_is_scarce_and_all_it_took_is_given_back() {
        QueueBench bench = new QueueBench();
        IncomingMemory memory = bench.queues.submission().memory();
        assertEquals(0, memory.used());
        memory.limit(1_000_000);
        bench.committing = false;
        Submission.Body body = bench.queues.submission().newBody();
        body.append(octets(StoredBody.CHUNK_BYTES + 10));
        assertTrue(memory.used() > StoredBody.CHUNK_BYTES);
        assertFalse(body.full(), "one part may wait for the disk");
        memory.take(600_000);
        assertTrue(body.full(), "but not while memory is scarce");
        AtomicInteger rung = new AtomicInteger();
        body.whenDrained(rung::incrementAndGet);
        assertEquals(0, rung.get());
        bench.committing = true;
        bench.run();
        assertEquals(1, rung.get());
        assertFalse(body.full());
        body.discard();
        memory.give(600_000);
        bench.run();
        assertEquals(0, memory.used());
    }

    @Test
    void while_memory_is_scarce_nothing_large_gathers_however_much_comes() {
        QueueBench bench = new QueueBench();
        IncomingMemory memory = bench.queues.submission().memory();
        memory.limit(1_000_000);
        memory.take(600_000);
        Submission.Body body = bench.queues.submission().newBody();
        byte[] sent = new byte[300_000];
        new SplittableRandom(1).nextBytes(sent);
        for (int from = 0; from < sent.length; from += 30_000) {
            body.append(Unpooled.copiedBuffer(sent, from, 30_000));
            bench.run();
            assertEquals(600_000, memory.used(), "it is on the disk already");
        }
        body.append(octets(10));
        assertTrue(memory.used() > 600_000, "a little may gather");
        bench.run();
        assertTrue(memory.used() > 600_000);
        assertEquals(300_010, body.bytes());
        body.discard();
        assertEquals(600_000, memory.used());
    }

    @Test
    void a_message_that_is_durable_holds_nothing() {
        QueueBench bench = new QueueBench();
        bench.send("a@company.com", "b@gmail.com");
        bench.run();
        IncomingMemory memory = bench.queues.submission().memory();
        assertEquals(0, memory.used());
        assertTrue(memory.most() > 0);
    }

    private static ByteBuf octets(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }
}
