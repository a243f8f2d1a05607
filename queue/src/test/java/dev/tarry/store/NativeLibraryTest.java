package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
    @TempDir
    Path folder;

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.getFirst();
        }
    }

    @Test
    void it_is_unpacked_once() throws IOException {
        assertTrue(NativeLibrary.keep(folder));
        only();
        assertFalse(NativeLibrary.keep(folder));
        only();
    }

    @Test
    void what_is_torn_or_another_is_replaced() throws IOException {
        NativeLibrary.keep(folder);
        byte[] whole = Files.readAllBytes(only());
        Files.write(only(), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(NativeLibrary.keep(folder));
        byte[] other = whole.clone();
        other[other.length / 2] ^= 1;
        Files.write(only(), other);
        assertTrue(NativeLibrary.keep(folder));
        assertArrayEquals(whole, Files.readAllBytes(only()));
        assertFalse(NativeLibrary.keep(folder));
    }
}
