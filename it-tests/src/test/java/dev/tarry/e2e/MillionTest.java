package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `it-tests/million` looks at what it measures: a small run of it, of which only the time means nothing.
final class MillionTest {
    private static final Path SCRIPT = Path.of("million").toAbsolutePath();

    @BeforeAll
    static void python_and_smtp_sink_are_here() {
        for (String name : List.of("python3", "smtp-sink")) {
            assumeTrue(Program.isHere(name), () -> "skipped: there is no " + name + " here");
        }
    }

    private record Told(int code, String text) {}

    /// A launcher of the program under test, as it lies on this test's class path.
    private static Path launcher(Path folder) throws IOException {
        Path launcher = folder.resolve("tarry");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                                .formatted(Path.of(System.getProperty("java.home"), "bin", "java"))
                        + " -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xmx512m -cp '"
                        + System.getProperty("java.class.path") + "' dev.tarry.app.Main \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        return launcher;
    }

    private static Told run(Path folder, String... words) throws IOException, InterruptedException {
        Path output = folder.resolve("million.txt");
        Process million = new ProcessBuilder(Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(words))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(million.waitFor(TarryProcess.PATIENCE.toSeconds() * 3, TimeUnit.SECONDS), "it comes to an end");
            return new Told(million.exitValue(), Files.readString(output));
        } finally {
            million.destroy(); // it ends what it has started
        }
    }

    @Test
    void everything_is_measured_and_right_at_a_small_scale(@TempDir Path folder) throws Exception {
        Path figures = folder.resolve("figures.json");
        Told told = run(
                folder,
                "--tarry",
                launcher(folder).toString(),
                "--messages",
                "1200",
                "--queues",
                "600",
                "--bytes",
                "300",
                "--settle",
                "1",
                "--no-postfix",
                "--json",
                figures.toString());
        assertEquals(0, told.code(), told.text());
        String json = Files.readString(figures);
        for (String row : List.of(
                "all queues",
                "first page of 1000",
                "sort from disk: Subject, 100",
                "retry round: written",
                "restart to a complete queue",
                "drained, but for the stragglers",
                "disk, empty")) {
            assertTrue(json.contains("\"" + row + "\""), row + " is missing in " + json);
        }
        assertFalse(told.text().contains("Traceback"), told.text());
    }

    @Test
    void what_makes_no_sense_is_refused_before_anything_starts(@TempDir Path folder) throws Exception {
        Told told = run(folder, "--messages", "10", "--queues", "20");
        assertEquals(2, told.code(), told.text());
        assertTrue(told.text().contains("at least one message a queue"), told.text());
    }
}
