package dev.tarry.app;

import dev.tarry.config.AdminSettings;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What requests to the admin API must bear: the token that is set, the one in the file that is set, or, where the API
/// is open to others and nothing is set, one that is made at the first start and kept in the data folder. So whoever
/// may read the folder is an operator, and nobody else; the token itself is never printed.
///
/// @param token absent: none is wanted
/// @param file  where it is kept; absent if it is none, or was set itself
record AdminToken(Optional<String> token, Optional<Path> file) {
    /// Within the data folder.
    static final String FILE = "admin-token";

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");
    private static final int MAX_FILE_BYTES = 4096;

    /// @param folder the data folder, which exists
    /// @throws IOException if a file cannot be read or written, or holds no token; says which and what is right
    static AdminToken of(AdminSettings settings, Path folder, Secrets secrets) throws IOException {
        if (settings.token().isPresent()) {
            return new AdminToken(settings.token(), Optional.empty());
        }
        if (settings.tokenFile().isPresent()) {
            Path file = settings.tokenFile().get().toAbsolutePath().normalize();
            return new AdminToken(Optional.of(read("admin.tokenFile: ", file)), Optional.of(file));
        }
        if (settings.bind().getAddress().isLoopbackAddress()) {
            return new AdminToken(Optional.empty(), Optional.empty());
        }
        Path file = folder.resolve(FILE);
        make(file, secrets);
        return new AdminToken(Optional.of(read("", file)), Optional.of(file));
    }

    /// Unless it is there.
    private static void make(Path file, Secrets secrets) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        // whole or not at all, also when the power fails: a kill between the two leaves the fresh file, which the
        // next start replaces
        Path fresh = file.resolveSibling(FILE + ".new");
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
            LOG.info("a token for the admin API was made; it is in {}", file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "the token for the admin API: " + e.getFile() + " is being written by somebody else", e);
        } catch (IOException e) {
            throw new IOException("the token for the admin API cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // some systems sync no folders
        }
    }

    private static String read(String setting, Path file) throws IOException {
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
