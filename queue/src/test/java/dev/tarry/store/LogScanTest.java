package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a log that is damaged: whole commits, and nothing that is put together of parts of them.
final class LogScanTest {
    private static final int BLOCK = LogRecord.BLOCK_BYTES;

    @TempDir
    Path temporary;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<Integer> commits = new ArrayList<>();
    private final List<Long> damagedFrom = new ArrayList<>();
    private final List<Boolean> damageAtEnd = new ArrayList<>();
    private int guessed;

    private void commit(int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) 'x');
        log.writeBytes(LogRecord.of(payload, log.size()));
    }

    private void read(byte[] octets) throws Exception {
        Path file = temporary.resolve("000007.log");
        Files.write(file, octets);
        LogScan.read(file, new LogScan.Found() {
            @Override
            public void batch(byte[] payload) {
                commits.add(payload.length);
            }

            @Override
            public void damage(long at, long bytes, byte[] most, boolean atEnd) {
                damagedFrom.add(at);
                damageAtEnd.add(atEnd);
                guessed = most.length;
            }
        });
    }

    private static byte[] zeroed(byte[] octets, int from, int to) {
        Arrays.fill(octets, from, to, (byte) 0);
        return octets;
    }

    @Test
    void what_is_whole_is_read_whole() throws Exception {
        commit(10);
        commit(100_000);
        commit(BLOCK);
        read(log.toByteArray());
        assertEquals(List.of(10, 100_000, BLOCK), commits);
        assertEquals(List.of(), damagedFrom);
    }

    @Test
    void a_zeroed_block_within_a_commit_loses_that_commit_and_no_other() throws Exception {
        commit(100_000);
        commit(20);
        read(zeroed(log.toByteArray(), BLOCK, 2 * BLOCK));
        assertEquals(List.of(20), commits);
        assertEquals(List.of(0L), damagedFrom);
        assertEquals(List.of(false), damageAtEnd);
    }

    @Test
    void zeros_between_commits_are_damage() throws Exception {
        commit(10);
        int from = log.size();
        commit(30_000);
        commit(20_000);
        int to = log.size();
        commit(30);
        read(zeroed(log.toByteArray(), from, to));
        assertEquals(List.of(10, 30), commits);
        assertEquals(List.of((long) from), damagedFrom);
    }

    @Test
    void zeros_behind_everything_are_a_file_that_has_grown() throws Exception {
        commit(10);
        read(Arrays.copyOf(log.toByteArray(), 3 * BLOCK));
        assertEquals(List.of(10), commits);
        assertEquals(List.of(), damagedFrom);
    }

    @Test
    void a_commit_that_another_follows_before_its_end_is_lost() throws Exception {
        commit(50_000);
        byte[] begun = Arrays.copyOf(log.toByteArray(), BLOCK); // its first part
        log.reset();
        log.writeBytes(begun);
        commit(30);
        read(log.toByteArray());
        assertEquals(List.of(30), commits);
        assertEquals(List.of(0L), damagedFrom);
    }

    @Test
    void the_rest_of_a_commit_without_its_beginning_is_damage() throws Exception {
        commit(50_000);
        commit(30);
        read(Arrays.copyOfRange(log.toByteArray(), BLOCK, log.size()));
        assertEquals(List.of(30), commits);
        assertEquals(List.of(0L), damagedFrom);
    }

    @Test
    void a_commit_that_was_torn_at_the_end_is_told_as_the_end() throws Exception {
        commit(10);
        commit(50_000);
        read(Arrays.copyOf(log.toByteArray(), BLOCK));
        assertEquals(List.of(10), commits);
        assertEquals(List.of(17L), damagedFrom);
        assertEquals(List.of(true), damageAtEnd);
    }

    @Test
    void of_a_large_damaged_region_no_more_than_a_bound_is_handed_on() throws Exception {
        byte[] noise = new byte[3 * LogScan.MAX_GUESSED_BYTES];
        Arrays.fill(noise, "noise".getBytes(StandardCharsets.US_ASCII)[0]);
        read(noise);
        assertEquals(List.of(0L), damagedFrom);
        assertTrue(guessed <= LogScan.MAX_GUESSED_BYTES, () -> guessed + " octets");
        assertTrue(guessed > 0);
    }
}
