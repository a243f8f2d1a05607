package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that dies in the middle of a message, for real: without a sync, and without a word.
final class DyingChildTest {
    private static final long MARK = 4_711;
    private static final int DEAD = 137;

    /// The child: begins with one message, is done with another, and is gone.
    static void main(String[] args) throws Exception {
        InHand inHand = InHand.open(Path.of(args[0]));
        inHand.end(inHand.begin(MARK + 1));
        inHand.begin(MARK);
        Runtime.getRuntime().halt(DEAD);
    }

    @Test
    void what_it_had_in_hand_is_known_to_the_next_and_counted_each_time(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("in-hand");
        for (int deaths = 1; deaths <= 3; deaths++) {
            Process child = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                    .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                            DyingChildTest.class.getName(),
                            file.toString()))
                    // Maven talks with this JVM over its own streams
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said.txt").toFile())
                    .start();
            assertTrue(child.waitFor(90, TimeUnit.SECONDS), "the child lives");
            assertEquals(DEAD, child.exitValue());
        }
        InHand after = InHand.open(file);
        assertEquals(3, after.count(MARK));
        assertEquals(0, after.count(MARK + 1));
    }
}
