package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The fix guide that administrators read, taken apart: its code blocks as they were meant. The text itself is not
/// part of tarry; where it lies beside it, it is read.
///
/// Two lists beside the tests say where the blocks stand and what is mended in them: `src/test/guide/blocks.txt` and
/// `src/test/guide/repairs.txt`.
final class GuideText {
    private static final String NAME = "451-4.4.0-dns-query-failed.txt";

    /// A place in the text, both counted from 1.
    private record Place(int line, int column) implements Comparable<Place> {
        static Place of(String text) {
            String[] both = text.split(":", -1);
            return new Place(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
        }

        @Override
        public int compareTo(Place other) {
            return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
        }
    }

    private final List<String> printed;
    private final List<String> meant;
    private final SequencedMap<String, String> blocks = new LinkedHashMap<>();

    /// Lines, from 1, in which a block stands.
    private final BitSet inside = new BitSet();

    /// How many characters repairs have taken out, by place.
    private final Map<Place, Integer> taken = new LinkedHashMap<>();

    private GuideText(List<String> lines) {
        this.printed = List.copyOf(lines);
        this.meant = new ArrayList<>(lines);
        rows("repairs.txt").reversed().forEach(this::repair);
        rows("blocks.txt").forEach(this::take);
    }

    /// The guide, where it lies beside the checkout.
    static Optional<GuideText> find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve("guide").resolve(NAME);
            if (Files.isRegularFile(file)) {
                return Optional.of(new GuideText(lines(file)));
            }
        }
        return Optional.empty();
    }

    /// The blocks by name, in the guide's order, repaired.
    SequencedMap<String, String> blocks() {
        return blocks;
    }

    String block(String name) {
        assertTrue(blocks.containsKey(name), () -> "no block " + name + " among " + blocks.keySet());
        return blocks.get(name);
    }

    /// Lines, from 1, of the guide that begin as a comment of its code does and stand in no block: none, unless the
    /// text has other places now than the list says.
    List<Integer> commentsOutside() {
        List<Integer> outside = new ArrayList<>();
        for (int line = 1; line <= printed.size(); line++) {
            if (printed.get(line - 1).startsWith("# ") && !inside.get(line)) {
                outside.add(line);
            }
        }
        return outside;
    }

    /// Backwards through the text, so that the columns of what stands before hold.
    private void repair(String row) {
        int space = row.indexOf(' ');
        Place place = Place.of(row.substring(0, space));
        String fragment = row.substring(space).strip();
        String line = meant.get(place.line() - 1);
        String before = line.substring(0, place.column() - 1);
        String after = line.substring(place.column() - 1);
        assertTrue(after.startsWith(fragment) && before.endsWith(fragment), () -> "nothing is doubled at " + row);
        meant.set(place.line() - 1, before + after.substring(fragment.length()));
        taken.put(place, fragment.length());
    }

    private void take(String row) {
        String[] words = row.split("\\s+");
        assertEquals(3, words.length, row);
        Place first = Place.of(words[1]);
        Place last = Place.of(words[2]);
        inside.set(first.line(), last.line() + 1);
        StringBuilder code = new StringBuilder();
        for (int line = first.line(); line <= last.line(); line++) {
            String text = meant.get(line - 1);
            int to = line == last.line() ? last.column() - takenBefore(last) : text.length();
            int from = line == first.line() ? first.column() - 1 : 0;
            code.append(text, from, to).append('\n');
        }
        assertTrue(blocks.put(words[0], code.toString()) == null, () -> "two blocks are called " + words[0]);
    }

    private int takenBefore(Place end) {
        return taken.entrySet().stream()
                .filter(one -> one.getKey().line() == end.line() && one.getKey().compareTo(end) < 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static List<String> rows(String list) {
        return lines(Path.of("src/test/guide", list)).stream()
                .filter(row -> !row.isBlank() && !row.startsWith("#"))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
