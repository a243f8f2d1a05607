package dev.tarry.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every kept input, and a fixed number of mutations of them, with each build: the same ones each time. How many
/// there are: `-Dtarry.fuzz.inputs=N`; other ones: `-Dtarry.fuzz.seed=N`.
final class FuzzTest {
    private static final int INPUTS = Integer.getInteger("tarry.fuzz.inputs", 2_000);
    private static final long SEED = Long.getLong("tarry.fuzz.seed", 1);

    /// Octets that a find may have and still be shown whole.
    private static final int SHOWN_OCTETS = 4_096;

    @TestFactory
    Stream<DynamicNode> what_strangers_send_breaks_nothing() {
        return FuzzTargets.ALL.entrySet().stream()
                .map(target -> dynamicContainer(
                        target.getKey(),
                        Stream.of(
                                dynamicTest("what is kept", () -> kept(target.getKey(), target.getValue())),
                                dynamicTest(
                                        INPUTS + " mutations of it",
                                        () -> mutations(target.getKey(), target.getValue())))));
    }

    @Test
    void each_target_has_its_folder_and_each_folder_its_target() throws IOException {
        try (Stream<Path> folders = Files.list(Corpus.KEPT)) {
            assertEquals(
                    FuzzTargets.ALL.keySet(),
                    new TreeSet<>(folders.map(folder -> folder.getFileName().toString())
                            .toList()));
        }
        FuzzTargets.ALL
                .keySet()
                .forEach(name -> assertFalse(new Corpus(name).inputs().isEmpty(), name));
    }

    @Test
    void mutations_are_the_same_for_the_same_seed_and_others_for_another() {
        List<byte[]> kept = List.of("MAIL FROM:<a@b>\r\n".getBytes(StandardCharsets.US_ASCII));
        Mutations one = new Mutations(kept, List.of("RCPT"), 1);
        Mutations same = new Mutations(kept, List.of("RCPT"), 1);
        Mutations other = new Mutations(kept, List.of("RCPT"), 2);
        int different = 0;
        for (int i = 0; i < 1_000; i++) {
            String next = text(one.next());
            assertEquals(next, text(same.next()));
            different += next.equals(text(other.next())) ? 0 : 1;
        }
        assertTrue(different > 900, different + " of 1000 differ");
    }

    private static void kept(String name, FuzzTarget target) {
        new Corpus(name).inputs().forEach((file, input) -> run(target, input, "src/test/fuzz/" + name + "/" + file));
    }

    private static void mutations(String name, FuzzTarget target) {
        Mutations mutations = new Mutations(new Corpus(name).octets(), target.words(), SEED);
        for (int i = 0; i < INPUTS; i++) {
            run(target, mutations.next(), "mutation " + i + " of seed " + SEED);
        }
    }

    private static void run(FuzzTarget target, byte[] input, String which) {
        try {
            target.run(input);
        } catch (Throwable e) {
            throw new AssertionError(which + " broke it; in base64: " + text(input), e);
        }
    }

    private static String text(byte[] input) {
        String base64 = Base64.getEncoder().encodeToString(input);
        return base64.length() <= SHOWN_OCTETS ? base64 : base64.substring(0, SHOWN_OCTETS) + "…";
    }
}
