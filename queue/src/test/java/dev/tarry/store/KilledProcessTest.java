package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that commits is killed at seeded points, again and again on the same folder. What it was told is
/// durable is there, whole; what is half done is not there at all.
final class KilledProcessTest {
    /// `-Dtarry.store.kills=500` for a long run; `-Dtarry.store.seed=…` for another one.
    private static final int KILLS = Integer.getInteger("tarry.store.kills", 10);

    private static final long SEED = Long.getLong("tarry.store.seed", 1);
    private static final long END_SECONDS = 60;

    @TempDir
    Path temporary;

    @Test
    void every_acknowledged_batch_is_there_whole_after_every_kill() throws Exception {
        Story story = new Story(SEED);
        SplittableRandom chance = new SplittableRandom(SEED);
        int durable = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            durable = Math.max(durable, liveAndDie(chance.nextInt(-1, 60)));
            String which = "seed " + SEED + ", kill " + kill;
            Path store = temporary.resolve("store");
            try (Tenant tenant =
                    new Tenant(RocksMessageStore.open(store, StoreFaults.NONE, CrashingChild.SWITCH_BYTES))) {
                int steps = Story.steps(tenant);
                assertTrue(steps >= durable, which + ": " + durable + " steps were durable, " + steps + " are there");
                assertEquals(story.after(steps), tenant.shown(), which);
            }
        }
        assertTrue(durable > 20, "the child got nowhere: " + durable);
    }

    @Test
    void a_second_process_is_refused_and_told_who_has_the_folder() throws Exception {
        Path store = temporary.resolve("store");
        try (Tenant tenant = new Tenant(RocksMessageStore.open(store, StoreFaults.NONE))) {
            Process child = command().start();
            String said = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor(END_SECONDS, TimeUnit.SECONDS));
            String refusal = "the data directory " + store + " is in use by another tarry (pid "
                    + ProcessHandle.current().pid() + ")";
            assertTrue(said.contains(refusal), said);
            assertEquals(new CommitResult.Committed(), tenant.commit(new Write.PutQueue(Records.queue(4, 0))));
        }
    }

    /// Starts the child and kills it after so many commits; at -1 while it opens the store.
    ///
    /// @return the steps that it said were durable
    private int liveAndDie(int commits) throws IOException, InterruptedException {
        Process child = command().redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int durable = 0;
        int seen = -2;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("durable ")) {
                    durable = Integer.parseInt(line.substring("durable ".length()));
                }
                if (++seen == commits) {
                    child.toHandle().destroyForcibly(); // by handle: what it said before can still be read
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertTrue(child.waitFor(END_SECONDS, TimeUnit.SECONDS), "the child does not die");
        assertTrue(seen >= commits, "the child ended by itself after " + seen + " commits");
        return durable;
    }

    private ProcessBuilder command() {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingChild.class.getName(),
                temporary.resolve("store").toString(),
                Long.toString(SEED));
    }
}
