package dev.tarry.shell.terminal;

import dev.tarry.shell.print.Secrets;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.impl.history.DefaultHistory;

/// The lines that were typed, kept from one session to the next in a file that only its owner reads. A line that may
/// hold a secret can be called back while the session lasts, and is never written, as with PSReadLine.
final class KeptHistory extends DefaultHistory {
    /// Names the file; empty: none is kept.
    static final String VARIABLE = "TARRY_HISTORY";
    /// So many lines stay in the file.
    static final int MAX_LINES = 5_000;

    @Override
    public boolean isPersistable(Entry entry) {
        return !Secrets.mayStandIn(entry.line());
    }

    /// Where the lines are kept; nothing where they are not to be.
    static Optional<Path> file(Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        if (named != null) {
            return named.isBlank() ? Optional.empty() : Optional.of(Path.of(named));
        }
        return configuration(environment).map(folder -> folder.resolve("tarry").resolve("shell-history"));
    }

    private static Optional<Path> configuration(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", environment.getOrDefault("APPDATA", ""));
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        if (!configured.isBlank() && Path.of(configured).isAbsolute()) {
            return Optional.of(Path.of(configured));
        }
        return home.isBlank() ? Optional.empty() : Optional.of(Path.of(home, ".config"));
    }

    /// Makes the file, and its folder, for its owner alone.
    ///
    /// @throws IOException where it can be neither made nor written to
    static void prepare(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            if (posix) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        }
        try {
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException _) {
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
        if (!Files.isWritable(file)) {
            throw new IOException("it cannot be written to");
        }
    }
}
