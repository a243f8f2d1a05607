package dev.tarry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an opening that fails leaves behind: half a table, a list of files that nothing names, an empty log. A disk
/// that is full would get fuller with each attempt.
///
/// RocksDB itself deletes such files when it is open. It goes by the list that CURRENT names, which it never adds to
/// while it opens: so as long as CURRENT is the same, nothing that has come since is needed.
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Path folder;
    private final Set<Path> before;
    private final byte[] current;

    private Leftovers(Path folder, Set<Path> before, byte[] current) {
        this.folder = folder;
        this.before = before;
        this.current = current;
    }

    /// Looks at the folder before an opening.
    static Leftovers before(Path folder) {
        return new Leftovers(folder, files(folder), current(folder));
    }

    /// Deletes what has come since, if nothing can need it.
    void remove() {
        if (before.isEmpty() || current.length == 0 || !Arrays.equals(current, current(folder))) {
            return; // the store was being begun, or the opening had come far enough to count
        }
        for (Path file : files(folder)) {
            if (!before.contains(file)) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.warn("{} is left of an opening that failed, and cannot be deleted: {}", file, e.toString());
                }
            }
        }
    }

    private static Set<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toUnmodifiableSet());
        } catch (IOException _) {
            return Set.of(); // then nothing is deleted
        }
    }

    private static byte[] current(Path folder) {
        try {
            return Files.readAllBytes(folder.resolve("CURRENT"));
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
