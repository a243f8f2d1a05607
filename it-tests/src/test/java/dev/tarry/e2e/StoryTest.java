package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `it-tests/story`: the 48-hour story over the API, in a script of twenty lines.
@ExtendWith(SharedServer.class)
final class StoryTest {
    private static final Path SCRIPT = Path.of("story").toAbsolutePath();

    @BeforeAll
    static void curl_and_jq_are_here() {
        for (String name : List.of("curl", "jq", "bash")) {
            assumeTrue(Program.isHere(name), () -> "skipped: there is no " + name + " here");
        }
    }

    private record Told(int code, String text) {}

    private static Told run(Path folder, String... words) throws IOException, InterruptedException {
        Path output = folder.resolve("story.txt");
        Process story = new ProcessBuilder(Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(words))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(story.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS), "the story comes to an end");
            return new Told(story.exitValue(), Files.readString(output));
        } finally {
            story.destroyForcibly();
        }
    }

    @Test
    void the_story_is_true_of_a_server_whose_clock_runs(TarryProcess server, @TempDir Path folder) throws Exception {
        tell(server, folder);
    }

    @Test
    void the_story_is_true_of_a_server_whose_clock_is_frozen(TarryProcess server, @TempDir Path folder)
            throws Exception {
        server.client().freezeClock();
        try {
            tell(server, folder);
        } finally {
            server.client().runClock(1);
        }
    }

    private static void tell(TarryProcess server, Path folder) throws IOException, InterruptedException {
        Told told = run(folder, server.admin().toString(), server.ready("smtp"));
        assertEquals(0, told.code(), told::text);
        assertTrue(told.text().endsWith("story: DNS is mended; the end\n"), told::text);
        assertEquals(0, server.client().faults().size());
    }

    @Test
    void a_story_that_does_not_come_true_says_where_it_ended_and_mends_what_it_broke(
            TarryProcess server, @TempDir Path folder) throws Exception {
        server.client().freezeClock(); // a wait in vain takes no time
        // somebody else takes the mail
        try (Stranger stranger = new Stranger("127.0.0.1")) {
            Told told = run(folder, server.admin().toString(), "127.0.0.1:" + stranger.port());
            assertEquals(1, told.code(), told::text);
            assertTrue(
                    told.text().endsWith("story: FAILED: the queue goes to Retry with 451 4.4.0 DNS query failed\n"),
                    told::text);
            assertEquals(1, stranger.taken().size());
        } finally {
            server.client().runClock(1);
        }
        assertEquals(0, server.client().faults().size());
    }

    @Test
    void it_is_short() throws IOException {
        try (Stream<String> lines = Files.lines(SCRIPT)) {
            assertEquals(20, lines.filter(line -> !line.startsWith("#")).count());
        }
    }
}
