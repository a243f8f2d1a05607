package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a full disk makes necessary: the reserve, opening with little writing, leaving nothing behind.
final class ReserveTest {
    @TempDir
    Path temporary;

    @Test
    void what_is_kept_is_given_back_once() throws IOException {
        Reserve reserve = new Reserve(temporary);
        assertEquals(0, reserve.bytes());
        reserve.keep(3_000_001);
        assertEquals(3_000_001, Files.size(temporary.resolve(Reserve.FILE)));
        assertEquals(3_000_001, reserve.bytes());
        assertEquals(3_000_001, reserve.giveBack());
        assertFalse(Files.exists(temporary.resolve(Reserve.FILE)));
        assertEquals(0, reserve.giveBack());
    }

    @Test
    void it_grows_and_shrinks_to_what_is_wanted() throws IOException {
        Reserve reserve = new Reserve(temporary);
        reserve.keep(1_000);
        reserve.keep(5_000);
        assertEquals(5_000, reserve.bytes());
        reserve.keep(10);
        assertEquals(10, reserve.bytes());
        reserve.keep(0);
        assertFalse(Files.exists(temporary.resolve(Reserve.FILE)));
    }

    @Test
    void what_cannot_be_kept_whole_is_not_kept_at_all() {
        Reserve reserve = new Reserve(temporary.resolve("nowhere"));
        assertThrows(IOException.class, () -> reserve.keep(1_000));
        assertEquals(0, reserve.bytes());
    }

    @Test
    void on_a_small_disk_it_is_a_sixteenth() {
        assertEquals(16L << 20, Reserve.size(16L << 20, 1L << 40));
        assertEquals(4L << 20, Reserve.size(16L << 20, 64L << 20));
    }

    @Test
    void a_store_opened_frugally_leaves_its_log_as_it_is_and_has_everything() throws Exception {
        try (RocksDisk disk = RocksDisk.open(temporary)) {
            disk.put(Disk.Family.META, direct("key"), direct("value"));
            disk.write(true);
        }
        List<String> tables = tables();
        try (RocksDisk disk = RocksDisk.open(temporary, true)) {
            assertEquals("value", new String(disk.get(Disk.Family.META, "key".getBytes())));
            assertEquals(tables, tables(), "nothing has become a table");
            disk.put(Disk.Family.META, direct("more"), direct("too"));
            disk.write(true);
        }
        try (RocksDisk disk = RocksDisk.open(temporary)) {
            assertEquals("value", new String(disk.get(Disk.Family.META, "key".getBytes())));
            assertEquals("too", new String(disk.get(Disk.Family.META, "more".getBytes())));
        }
        assertTrue(tables().size() > tables.size(), "as a rule it does");
    }

    @Test
    void leftovers_of_an_opening_that_failed_are_deleted() throws IOException {
        Files.writeString(temporary.resolve("CURRENT"), "MANIFEST-000005\n");
        Files.writeString(temporary.resolve("000007.log"), "records");
        Leftovers leftovers = Leftovers.before(temporary);
        Files.writeString(temporary.resolve("000009.sst"), "half a table");
        Files.writeString(temporary.resolve("MANIFEST-000010"), "");
        leftovers.remove();
        assertEquals(List.of("000007.log", "CURRENT"), names());
    }

    @Test
    void once_the_opening_counts_nothing_of_it_is_deleted() throws IOException {
        Files.writeString(temporary.resolve("CURRENT"), "MANIFEST-000005\n");
        Leftovers leftovers = Leftovers.before(temporary);
        Files.writeString(temporary.resolve("000009.sst"), "a table");
        Files.writeString(temporary.resolve("CURRENT"), "MANIFEST-000010\n");
        leftovers.remove();
        assertEquals(List.of("000009.sst", "CURRENT"), names());
    }

    @Test
    void a_store_that_is_being_begun_is_left_alone() throws IOException {
        Leftovers leftovers = Leftovers.before(temporary);
        Files.writeString(temporary.resolve("MANIFEST-000001"), "");
        leftovers.remove();
        assertEquals(List.of("MANIFEST-000001"), names());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> tables() throws IOException {
        return names().stream().filter(name -> name.endsWith(".sst")).toList();
    }

    private static ByteBuffer direct(String text) {
        byte[] octets = text.getBytes();
        return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
    }
}
