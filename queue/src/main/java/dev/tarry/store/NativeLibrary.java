package dev.tarry.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// Loads RocksDB's native code from a place where a kill leaves no litter, and where the next start finds it.
///
/// By itself the binding unpacks 17 MB under a new name into the temporary folder at each start, and takes them
/// away only at a clean exit; that is a good part of the time in which a server starts. Here they go into the store's
/// folder, always under the same name, and stay; what lies there is used again if it is whole and of this version.
/// Where that cannot be loaded from (a file system mounted noexec), the binding does as it likes.
final class NativeLibrary {
    static final String FOLDER = "native";

    private static final String NAME = "rocksdb";

    private static final int BUFFER_BYTES = 64 * 1024;

    /// as the native code is: once a process
    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private NativeLibrary() {}

    static synchronized void load(Path storeFolder) throws StoreException {
        if (LOADED.get()) {
            return;
        }
        try {
            Path folder = Files.createDirectories(storeFolder.resolve(FOLDER));
            keep(folder);
            RocksDB.loadLibrary(List.of(folder.toString()));
        } catch (IOException | UnsatisfiedLinkError | RuntimeException _) {
            try {
                RocksDB.loadLibrary();
            } catch (UnsatisfiedLinkError | RuntimeException e) {
                throw new StoreException(
                        "RocksDB's native code cannot be loaded on this machine (" + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + "): " + e.getMessage(),
                        e);
            }
        }
        LOADED.set(true);
    }

    /// Has this machine's library in a folder, whole.
    ///
    /// @return whether it had to be unpacked
    /// @throws IOException if it cannot be written, or the binding knows no such machine
    static boolean keep(Path folder) throws IOException {
        String name = Environment.getJniLibraryFileName(NAME);
        URL packed = RocksDB.class.getResource("/" + name);
        if (packed == null) {
            throw new IOException("there is no " + name);
        }
        Path library = folder.resolve(name);
        if (isWhole(library, packed)) {
            return false;
        }
        Path unpacked = folder.resolve(name + ".new");
        try (InputStream octets = packed.openStream()) {
            Files.copy(octets, unpacked, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(unpacked, library, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static boolean isWhole(Path library, URL packed) throws IOException {
        if (!Files.isRegularFile(library) || !(packed.openConnection() instanceof JarURLConnection jar)) {
            return false;
        }
        JarEntry entry = jar.getJarEntry();
        return entry != null && Files.size(library) == entry.getSize() && checksum(library) == entry.getCrc();
    }

    private static long checksum(Path file) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream octets = Files.newInputStream(file)) {
            for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return sum.getValue();
    }
}
