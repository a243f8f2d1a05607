package dev.tarry.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A process that lives a [Story] on a store on disk, says on its output what it was told is durable, and goes on until
/// it is killed (or its input ends, should whoever started it be gone).
///
/// Lines: `opening`, `open STEPS`, then `durable STEPS` after each commit.
final class CrashingChild {
    /// Small, so that files come and go while it is being killed.
    static final long SWITCH_BYTES = 256 * 1024;

    private CrashingChild() {}

    /// @param args the store's folder, the story's seed
    public static void main(String... args) throws StoreException {
        Thread.ofPlatform().daemon().start(CrashingChild::endWithInput);
        long seed = Long.parseLong(args[1]);
        Story story = new Story(seed);
        PrintStream out = System.out;
        say(out, "opening");
        Tenant tenant = new Tenant(RocksMessageStore.open(Path.of(args[0]), StoreFaults.NONE, SWITCH_BYTES));
        int steps = Story.steps(tenant);
        say(out, "open " + steps);
        SplittableRandom chance = new SplittableRandom(seed + steps);
        while (true) {
            List<Batch> batches = new ArrayList<>();
            for (int more = chance.nextInt(1, 6); more > 0; more--) {
                batches.addAll(story.step(tenant, steps++));
            }
            for (CommitResult result : tenant.store.commit(batches)) {
                if (!(result instanceof CommitResult.Committed)) {
                    throw new IllegalStateException("a commit ended with " + result);
                }
            }
            say(out, "durable " + steps);
        }
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is expected
            }
        } catch (IOException _) {
            // ends as well
        }
        Runtime.getRuntime().halt(1);
    }
}
