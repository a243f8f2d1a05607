package dev.tarry.store;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rocksdb.AbstractRocksIterator;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/// The tables of a damaged store, without its log, read past whatever cannot be read. Nothing of the store is changed:
/// this works in a folder of its own, where the tables are linked and not copied.
///
/// Where the list of tables (MANIFEST) is damaged too, or one of them that all others are laid over is missing, tables
/// are read one by one, in the order in which they were written. What was removed may come back then, and be delivered
/// once more: nothing that is there is lost for it.
final class Wreck implements AutoCloseable {
    private static final String MANIFEST = "MANIFEST-";
    private static final String TABLE = ".sst";

    /// A key is taken for a number of so many octets when the end of what cannot be read is looked for.
    private static final int PROBED_BYTES = 64;

    /// Gets what is there.
    interface Sight {
        void entry(Disk.Family family, byte[] key, byte[] value) throws StoreException;

        /// @param after  the last key before what cannot be read; empty if it is the family's beginning
        /// @param before the first key behind it; empty if nothing can be read behind it
        void unreadable(Disk.Family family, byte[] after, byte[] before, String why) throws StoreException;

        /// For people: something else that is wrong.
        void wrong(String what);
    }

    private final Path folder;
    private final RocksOptions options = new RocksOptions(false);
    /// whose trouble has been told
    private final Set<Path> told = new HashSet<>();
    private final ReadOptions reading = new ReadOptions().setFillCache(false);

    private Wreck(Path folder) {
        this.folder = folder;
    }

    /// @param from the damaged store's folder
    /// @param in   a folder to work in, which is not there; it stays
    static Wreck of(Path from, Path in) throws IOException {
        Files.createDirectories(in);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(TABLE)) {
                    link(file, in.resolve(name));
                } else if (name.startsWith(MANIFEST)) {
                    Files.copy(file, in.resolve(name));
                }
            }
        }
        return new Wreck(in);
    }

    private static void link(Path file, Path to) throws IOException {
        try {
            Files.createLink(to, file);
        } catch (IOException | UnsupportedOperationException _) {
            Files.copy(file, to);
        }
    }

    /// Shows everything that can be read.
    void show(Sight sight) throws StoreException, IOException {
        Optional<Path> manifest = newest(MANIFEST);
        boolean listed = false;
        if (manifest.isPresent()) {
            Files.writeString(folder.resolve("CURRENT"), manifest.get().getFileName() + "\n");
            listed = showListed(sight);
        } else if (newest("").isPresent()) {
            sight.wrong("the list of tables (MANIFEST) is missing");
        }
        if (!listed) {
            for (Disk.Family family : Disk.Family.values()) {
                showTables(family, sight);
            }
        }
    }

    private Optional<Path> newest(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .max(Path::compareTo);
        }
    }

    /// @return false if the list of tables cannot be read
    private boolean showListed(Sight sight) throws StoreException, IOException {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Disk.Family family : Disk.Family.values()) {
            families.add(new ColumnFamilyDescriptor(
                    family.diskName().getBytes(StandardCharsets.US_ASCII), options.family(family)));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (RocksDB database = RocksDB.openReadOnly(
                options.database().setParanoidChecks(false), folder.toString(), families, handles)) {
            try {
                showAll(database, handles, sight);
            } finally {
                handles.forEach(ColumnFamilyHandle::close); // before their database
            }
            return true;
        } catch (RocksDBException e) {
            sight.wrong("the list of tables (MANIFEST) cannot be read: " + e.getMessage());
            return false;
        }
    }

    private void showAll(RocksDB database, List<ColumnFamilyHandle> handles, Sight sight)
            throws StoreException, IOException {
        Map<Disk.Family, ColumnFamilyHandle> of = new EnumMap<>(Disk.Family.class);
        for (Disk.Family family : Disk.Family.values()) {
            of.put(family, handles.get(family.ordinal()));
        }
        for (Disk.Family family : Disk.Family.values()) {
            Optional<String> trouble =
                    new Walk(family, () -> database.newIterator(of.get(family), reading)).show(sight);
            if (trouble.isPresent()) {
                sight.wrong("a table of " + family.word()
                        + " that others are laid over is missing or damaged: "
                        + trouble.get());
                showTables(family, sight);
            }
        }
    }

    /// The family's tables one by one, those written last above the others.
    private void showTables(Disk.Family family, Sight sight) throws StoreException, IOException {
        List<Path> tables;
        try (Stream<Path> files = Files.list(folder)) {
            tables = files.filter(file -> file.toString().endsWith(TABLE))
                    .sorted()
                    .toList();
        }
        try (Options plain = new Options()) {
            for (Path table : tables) {
                showTable(family, table, plain, sight);
            }
        }
    }

    private void showTable(Disk.Family family, Path table, Options plain, Sight sight) throws StoreException {
        try (SstFileReader reader = new SstFileReader(plain)) {
            reader.open(table.toString());
            String of = new String(reader.getTableProperties().getColumnFamilyName(), StandardCharsets.US_ASCII);
            if (of.equals(family.diskName())) {
                new Walk(family, () -> reader.newIterator(reading))
                        .show(sight)
                        .filter(_ -> told.add(table))
                        .ifPresent(why -> sight.wrong("the table " + table.getFileName() + " cannot be read: " + why));
            }
        } catch (RocksDBException e) {
            if (told.add(table)) { // nobody knows whose it is
                sight.wrong("the table " + table.getFileName() + " cannot be read: " + e.getMessage());
            }
        }
    }

    /// One walk over a family, or over a table. A new iterator is taken for each place to look at: one that has met
    /// damage remembers it now and then where there is none.
    private static final class Walk {
        private final Disk.Family family;
        private final Supplier<AbstractRocksIterator<?>> iterators;
        private AbstractRocksIterator<?> iterator;

        Walk(Disk.Family family, Supplier<AbstractRocksIterator<?>> iterators) {
            this.family = family;
            this.iterators = iterators;
        }

        /// @return what is wrong if nothing at all can be read; else empty
        Optional<String> show(Sight sight) throws StoreException {
            iterator = iterators.get();
            try {
                iterator.seekToFirst();
                return rest(sight);
            } finally {
                iterator.close();
            }
        }

        private Optional<String> rest(Sight sight) throws StoreException {
            byte[] last = {};
            boolean some = false;
            while (true) {
                while (iterator.isValid()) {
                    last = key();
                    sight.entry(family, last, value());
                    some = true;
                    iterator.next();
                }
                Optional<String> trouble = trouble();
                if (trouble.isEmpty()) {
                    return Optional.empty();
                }
                boolean behind = seekBehind(last);
                if (!behind && !some) {
                    return trouble;
                }
                byte[] next = behind && iterator.isValid() ? key() : new byte[0];
                sight.unreadable(family, last, next, trouble.get());
                if (next.length == 0) {
                    return Optional.empty();
                }
            }
        }

        /// Looks for the first key behind a place that cannot be read: in leaps that double until one lands behind it,
        /// and then by halves.
        ///
        /// @return false if there is none, since nothing behind it can be read
        private boolean seekBehind(byte[] last) {
            BigInteger unreadable = new BigInteger(1, Arrays.copyOf(last, PROBED_BYTES));
            BigInteger readable = null;
            for (int bit = 0; bit < PROBED_BYTES * 8 && readable == null; bit++) {
                BigInteger probe = unreadable.add(BigInteger.ONE.shiftLeft(bit));
                if (probe.bitLength() > PROBED_BYTES * 8) {
                    break;
                }
                if (canSeek(probe)) {
                    readable = probe;
                } else {
                    unreadable = probe;
                }
            }
            if (readable == null) {
                return false;
            }
            while (readable.subtract(unreadable).compareTo(BigInteger.ONE) > 0) {
                BigInteger middle = unreadable.add(readable).shiftRight(1);
                if (canSeek(middle)) {
                    readable = middle;
                } else {
                    unreadable = middle;
                }
            }
            return canSeek(readable);
        }

        private boolean canSeek(BigInteger to) {
            byte[] digits = to.toByteArray();
            byte[] key = new byte[PROBED_BYTES];
            int length = Math.min(digits.length, PROBED_BYTES);
            System.arraycopy(digits, digits.length - length, key, PROBED_BYTES - length, length);
            iterator.close();
            iterator = iterators.get();
            iterator.seek(key);
            return iterator.isValid() || trouble().isEmpty();
        }

        private Optional<String> trouble() {
            try {
                iterator.status();
                return Optional.empty();
            } catch (RocksDBException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private byte[] key() {
            return switch (iterator) {
                case RocksIterator of -> of.key();
                case SstFileReaderIterator of -> of.key();
                default -> throw new IllegalStateException("an iterator of another kind: " + iterator);
            };
        }

        private byte[] value() {
            return switch (iterator) {
                case RocksIterator of -> of.value();
                case SstFileReaderIterator of -> of.value();
                default -> throw new IllegalStateException("an iterator of another kind: " + iterator);
            };
        }
    }

    @Override
    public void close() {
        reading.close();
        options.close();
    }
}
