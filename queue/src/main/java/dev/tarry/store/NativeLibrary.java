package dev.tarry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/// Loads RocksDB's native code from a place where a kill leaves no litter.
///
/// By itself the binding unpacks 17 MB under a new name into the temporary folder at each start, and takes them
/// away only at a clean exit. Here they go into the store's folder, always under the same name; where that cannot
/// be loaded from (a file system mounted noexec), the binding does as it likes.
final class NativeLibrary {
    static final String FOLDER = "native";

    private NativeLibrary() {}

    static void load(Path storeFolder) throws StoreException {
        try {
            Path folder = Files.createDirectories(storeFolder.resolve(FOLDER));
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
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
    }
}
