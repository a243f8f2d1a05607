package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A settings file that was damaged by hand, by an editor, or on purpose: settings or faults come out,
/// nothing else.
final class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("tarry.mutations", 10_000);

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "<<: *a",
            "!!java.net.URL [x]",
            "!x ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "\t",
            "\u0000",
            "\u0007",
            "\ufeff",
            "\r\n",
            "\r",
            "\u2028",
            "\u202e",
            "\ud83d\ude00",
            "\ud83d",
            "[",
            "{",
            "]",
            "}",
            "[[[[[[[[[[[[[[[[[[[[",
            "{a: {b: {c: {d: {e: {f: ",
            "? ",
            "- ",
            ": ",
            "|\n",
            ">\n",
            "\"",
            "'",
            "#",
            ",",
            "99999999999999999999",
            "-1",
            "1e400",
            "NaN",
            "0x10",
            "PT1H",
            "P99999999999999999D",
            "99999999.23:59:59.9999999",
            "unlimited",
            "{}",
            "null",
            "~",
            "300.1.1.1",
            "1.1.1.1:99999",
            "::",
            "[::1",
            "1.1.1.1/33",
            "host..name",
            "a,b,,c",
            "220 ",
            "\\",
            "\\ud800");

    @TempDir
    private Path folder;

    /// Without its comments, and with nothing commented out.
    private static List<String> lines() {
        return SamplePage.text()
                .replaceAll("(?m)^( *)#(?=\\S|  )", "$1")
                .lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whatever_becomes_of_the_sample_the_answer_is_settings_or_faults() throws Exception {
        List<String> good = lines();
        Path file = folder.resolve("tarry.yaml");
        int right = 0;
        int wrong = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] bad = mutated(new ArrayList<>(good), new SplittableRandom(seed));
            Files.write(file, bad);
            try {
                Settings settings = Settings.load(Optional.of(file), Map.of(), List.of());
                assertFalse(settings.explained().isEmpty());
                right++;
            } catch (ConfigException faults) {
                wrong++;
                for (Fault fault : faults.faults()) {
                    String line = fault.toString();
                    assertTrue(line.codePoints().noneMatch(Character::isISOControl), "seed " + seed + ": " + line);
                    assertTrue(line.startsWith(file + ":"), "seed " + seed + " says not where: " + line);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + new String(bad, StandardCharsets.UTF_8), e);
            }
        }
        assertTrue(right > MUTATIONS / 100 && wrong > MUTATIONS / 10, right + " right, " + wrong + " wrong");
    }

    private static byte[] mutated(List<String> lines, SplittableRandom random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(random.nextInt(lines.size()), lines.get(at));
                case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                case 3 ->
                    lines.set(at, " ".repeat(random.nextInt(6)) + lines.get(at).strip());
                default -> lines.set(at, lines.get(at) + lines.get(random.nextInt(lines.size())));
            }
        }
        String text = String.join("\n", lines) + "\n";
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(8));
            text = text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(to);
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length)) : octets;
    }

    @Test
    void what_makes_other_readers_burst_is_refused_in_a_line() throws Exception {
        Path file = folder.resolve("tarry.yaml");
        List<List<String>> bombs = bombs(
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
                "anchor",
                "{".repeat(5_000),
                "deeper",
                "[".repeat(100_000),
                "is a list",
                "- ".repeat(50_000),
                "deeper",
                "? ".repeat(50_000),
                "deeper",
                "world: " + "x".repeat(900_000),
                "longer than",
                "x".repeat(900_000) + ": y",
                "",
                "world: lab\n".repeat(20_000),
                "written twice",
                "transport.queueMaxIdleTme: 5m\n".repeat(20_000),
                "19800 more",
                "a: b\n---\nc: d\n",
                "second document",
                "world: !!javax.script.ScriptEngineManager [x]\n",
                "tag");
        for (List<String> bomb : bombs) {
            Files.writeString(file, bomb.getFirst());
            List<Fault> faults = faults(file);
            assertFalse(faults.isEmpty(), () -> bomb.getFirst().substring(0, 10));
            assertTrue(
                    faults.stream().anyMatch(fault -> fault.toString().contains(bomb.getLast()))
                            || bomb.getLast().equals("is a list"),
                    () -> bomb.getLast() + ": " + faults.getFirst());
            assertTrue(faults.getFirst().toString().length() < 2_000, () -> "too long a line: " + bomb.getLast());
            assertTrue(faults.size() <= 1_000, () -> faults.size() + " faults: " + bomb.getLast());
        }
    }

    private static List<List<String>> bombs(String... pairs) {
        return IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> List.of(pairs[2 * i], pairs[2 * i + 1]))
                .toList();
    }

    private static List<Fault> faults(Path file) {
        try {
            Settings.load(Optional.of(file), Map.of(), List.of());
            return List.of();
        } catch (ConfigException e) {
            return e.faults();
        }
    }

    @Test
    void line_ends_and_byte_order_marks_of_other_systems_are_no_fault() throws Exception {
        Path file = folder.resolve("tarry.yaml");
        String text = String.join("\n", lines()) + "\n";
        for (String same :
                List.of(text.replace("\n", "\r\n"), "\ufeff" + text, "\ufeff" + text.replace("\n", "\r\n"))) {
            Files.writeString(file, same);
            assertEquals(List.of(), faults(file));
        }
        Files.writeString(file, "server:\r\n  name: no name\r\n");
        assertTrue(
                faults(file).getFirst().toString().startsWith(file + ":2:9: "),
                () -> faults(file).toString());
        Files.writeString(file, "\ufeffworld: moon\n");
        assertTrue(
                faults(file).getFirst().toString().startsWith(file + ":1:8: "),
                () -> faults(file).toString());
    }
}
