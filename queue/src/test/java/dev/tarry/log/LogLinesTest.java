package dev.tarry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogLinesTest {
    @TempDir
    Path folder;

    private record Read(List<String> lines, long strays) {}

    private static Read read(Path file, long bytes, boolean backwards) throws IOException {
        List<String> lines = new ArrayList<>();
        long strays = LogLines.read(
                file,
                bytes,
                backwards,
                (b, from, to) -> lines.add(new String(b, from, to - from, StandardCharsets.UTF_8)));
        return new Read(lines, strays);
    }

    @Test
    void both_ways_give_the_same_lines_whatever_lies_at_a_blocks_edge() throws IOException {
        Path file = folder.resolve("a.LOG");
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<String> lines = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            int length = 0;
            while (length < 2_500_000) {
                String line = "x".repeat(random.nextInt(round % 4 == 0 ? 1_500_000 : 3_000)) + lines.size();
                lines.add(line);
                all.append(line).append('\n');
                length += line.length() + 1;
            }
            Files.writeString(file, all);
            assertEquals(new Read(lines, 0), read(file, Long.MAX_VALUE, false));
            assertEquals(new Read(lines.reversed(), 0), read(file, Long.MAX_VALUE, true));
        }
    }

    @Test
    void what_has_no_line_end_is_no_line_and_empty_files_have_none() throws IOException {
        Path file = folder.resolve("a.LOG");
        Files.writeString(file, "one\n\nthree\ntor");
        assertEquals(new Read(List.of("one", "", "three"), 3), read(file, Long.MAX_VALUE, false));
        assertEquals(new Read(List.of("three", "", "one"), 3), read(file, Long.MAX_VALUE, true));
        assertEquals(new Read(List.of("one"), 0), read(file, 4, false));
        assertEquals(new Read(List.of("one"), 0), read(file, 4, true));
        assertEquals(new Read(List.of(), 2), read(file, 2, true));
        Files.writeString(file, "");
        assertEquals(new Read(List.of(), 0), read(file, Long.MAX_VALUE, false));
        assertEquals(new Read(List.of(), 0), read(file, Long.MAX_VALUE, true));
        Files.writeString(file, "\n");
        assertEquals(new Read(List.of(""), 0), read(file, Long.MAX_VALUE, false));
        assertEquals(new Read(List.of(""), 0), read(file, Long.MAX_VALUE, true));
        assertThrows(NoSuchFileException.class, () -> read(folder.resolve("none"), 1, true));
    }

    @Test
    void whoever_has_enough_gets_no_more() throws IOException {
        Path file = folder.resolve("a.LOG");
        Files.writeString(file, "one\ntwo\nthree\n");
        for (boolean backwards : List.of(true, false)) {
            List<String> lines = new ArrayList<>();
            LogLines.read(file, 14, backwards, (b, from, to) -> {
                lines.add(new String(b, from, to - from, StandardCharsets.UTF_8));
                return lines.size() < 2;
            });
            assertEquals(backwards ? List.of("three", "two") : List.of("one", "two"), lines);
        }
    }
}
