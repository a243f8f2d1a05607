package dev.tarry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Writing past the page cache (O_DIRECT), which not every file system can.
final class DirectWriting {
    private static final String PROBE = "DIRECT";
    private static final byte[] ANYTHING = {1};

    private DirectWriting() {}

    /// Whether tables can be written so in a folder; tried with one that is gone afterwards.
    static boolean works(Path folder) {
        Path probe = folder.resolve(PROBE);
        try (EnvOptions direct = new EnvOptions().setUseDirectWrites(true);
                Options options = new Options();
                SstFileWriter table = new SstFileWriter(direct, options)) {
            table.open(probe.toString());
            table.put(ANYTHING, ANYTHING);
            table.finish();
            return true;
        } catch (RocksDBException _) {
            return false; // tables are written as other files are
        } finally {
            gone(probe);
        }
    }

    private static void gone(Path probe) {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException _) {
            // the store will say what is wrong with the folder
        }
    }
}
