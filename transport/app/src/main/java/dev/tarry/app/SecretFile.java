package dev.tarry.app;

import dev.tarry.time.Secrets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A secret in a file of its own, which only its owner may read; made once, and kept. It is never printed.
final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");
    private static final int MAX_FILE_BYTES = 4096;

    private SecretFile() {}

    /// What is in it; made if it is not there.
    ///
    /// @param what as people are told of it, such as `a token for the admin API`
    /// @throws IOException if it cannot be read or written, or holds no token; says which and what is right
    static String kept(Path file, String what, Secrets secrets) throws IOException {
        make(file, what, secrets);
        return read("", file);
    }

    private static void make(Path file, String what, Secrets secrets) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        // whole or not at all, also when the power fails: a kill between the two leaves the fresh file, which the
        // next start replaces
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.deleteIfExists(fresh);
            try (var channel = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                channel.write(StandardCharsets.US_ASCII.encode(secrets.token() + "\n"));
                channel.force(true);
            }
            Files.move(fresh, file);
            sync(file.toAbsolutePath().getParent());
            LOG.info("{} was made; it is in {}", what, file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(what + ": " + e.getFile() + " is being written by somebody else", e);
        } catch (IOException e) {
            throw new IOException(what + " cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // some systems sync no folders
        }
    }

    /// What its first line holds.
    ///
    /// @param setting begins the words of what is wrong
    static String read(String setting, Path file) throws IOException {
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_FILE_BYTES);
        } catch (NoSuchFileException e) {
            throw new IOException(setting + file + " does not exist; name a file whose first line is a token", e);
        } catch (IOException e) {
            throw new IOException(setting + file + " cannot be read; name a file whose first line is a token", e);
        }
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String line = text.lines().findFirst().orElse("").strip();
        if (!TOKEN.matcher(line).matches()) {
            throw new IOException(setting + "the first line of " + file
                    + " is no token; write 16 to 512 letters, digits and -._~+/= there");
        }
        return line;
    }
}
