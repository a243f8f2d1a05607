package dev.tarry.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A small file system in memory that one child process alone sees: it is mounted in a mount namespace of its own, and
/// goes with it. That needs root, or a kernel that gives users namespaces of their own.
final class SmallDisk {
    private static final int PIECE_BYTES = 64 * 1024;
    private static final String FILLER = "filler";

    private final Path folder;
    private final List<String> mounting;

    /// @param folder where it is mounted; made if missing
    SmallDisk(Path folder, int mebibytes) throws IOException {
        this.folder = Files.createDirectories(folder);
        boolean root = Files.getOwner(folder).getName().equals("root");
        this.mounting = List.of(
                "unshare",
                root ? "-m" : "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + mebibytes + "m none \"$0\" && exec \"$@\"",
                folder.toString());
    }

    /// Skips the test where no such file system can be had.
    void assumeThereCanBeOne() throws IOException, InterruptedException {
        List<String> probe = new ArrayList<>(mounting);
        probe.add("true");
        Process process;
        try {
            process = new ProcessBuilder(probe).redirectErrorStream(true).start();
        } catch (IOException _) {
            assumeTrue(false, "skipped: there is no unshare here (Debian has it in the package util-linux)");
            return;
        }
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor(TarryProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assumeTrue(
                process.exitValue() == 0,
                () -> "skipped: no file system can be mounted here without being root, or in a user namespace: "
                        + said);
    }

    /// What starts a program that sees it.
    List<String> mounting() {
        return mounting;
    }

    private Path seenBy(TarryProcess process) {
        return Path.of("/proc/" + process.pid() + "/root" + folder);
    }

    /// Fills it up to so many bytes; 0: to the last octet.
    void fill(TarryProcess process, long leaveBytes) {
        byte[] piece = new byte[PIECE_BYTES];
        Path filler = seenBy(process).resolve(FILLER);
        try (OutputStream out = Files.newOutputStream(filler)) {
            long room;
            while ((room = filler.toFile().getUsableSpace() - leaveBytes) > 0) {
                out.write(piece, 0, (int) Math.min(piece.length, room));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long freeBytes(TarryProcess process) {
        return seenBy(process).toFile().getUsableSpace();
    }

    void free(TarryProcess process) {
        try {
            Files.delete(seenBy(process).resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
