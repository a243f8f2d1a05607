package dev.tarry.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The inputs that are kept for a target, by file name. Each file is one input, octet for octet.
final class Corpus {
    static final Path KEPT = Path.of("src/test/fuzz").toAbsolutePath();

    private final SortedMap<String, byte[]> inputs = new TreeMap<>();

    Corpus(String target) {
        try (Stream<Path> files = Files.list(KEPT.resolve(target))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SortedMap<String, byte[]> inputs() {
        return inputs;
    }

    List<byte[]> octets() {
        return List.copyOf(inputs.values());
    }
}
