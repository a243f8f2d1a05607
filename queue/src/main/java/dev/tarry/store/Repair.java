package dev.tarry.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a store that can be opened of one that cannot, and keeps the old one beside it:
///
/// ```
/// store.repairing   is being filled; whoever finds it throws it away
/// store.repaired    is complete, and waits to take the place of the damaged one
/// store             the damaged one; then the repaired one
/// store.damaged-1   the damaged one, as it was, and store.damaged-1.txt, the report
/// ```
/// The last [Damage#MAX_KEPT] damaged ones are kept, and the reports of all. Each step is one renaming, so that a
/// crash between any two leaves it clear what is next: [#finish].
final class Repair {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final String ASIDE = "damaged-";
    private static final Pattern NUMBERED = Pattern.compile("\\.damaged-([0-9]{1,8})(?:\\.txt)?$");

    private Repair() {}

    /// @param folder the store's, which nobody has open
    /// @param why    what was wrong with it
    /// @throws StoreException if it cannot be done: the folder is as it was then
    static Damage of(Path folder, String why) throws StoreException {
        boolean done = false;
        try (FolderLock _ = FolderLock.take(folder)) {
            try {
                Damage damage = repaired(folder, why);
                done = true;
                return damage;
            } finally {
                if (!done) {
                    clear(folder); // what was begun would fill the disk, or keep it full
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("the damaged store in " + folder + " cannot be repaired: " + e, e);
        }
    }

    private static Damage repaired(Path folder, String why) throws StoreException, IOException {
        Path repairing = beside(folder, "repairing");
        Path working = beside(folder, "wreck");
        Path draft = beside(folder, "report");
        delete(repairing);
        delete(working);
        try (Findings findings = new Findings(draft, why)) {
            RocksDisk fresh = RocksDisk.open(repairing);
            try {
                new Salvage(fresh, findings).run(folder, working);
            } finally {
                fresh.close();
            }
            delete(working);
            Path aside = free(folder);
            Path report = aside.resolveSibling(aside.getFileName() + ".txt");
            Damage damage = findings.damage(aside, report, why);
            move(draft, report);
            move(repairing, beside(folder, "repaired"));
            finish(folder, aside);
            return damage;
        }
    }

    /// After a repair that has failed: nothing of it stays.
    private static void clear(Path folder) {
        for (String what : List.of("repairing", "wreck", "report")) {
            try {
                delete(beside(folder, what));
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("what is left of a failed repair cannot be deleted: {}", e.toString());
            }
        }
    }

    /// Goes on with a repair that a crash has cut off when it was complete.
    static void finish(Path folder) throws StoreException {
        try {
            if (Files.exists(beside(folder, "repaired"))) {
                finish(folder, free(folder));
            }
        } catch (IOException e) {
            throw new StoreException("the repaired store cannot be put in its place: " + e, e);
        }
    }

    private static void finish(Path folder, Path aside) throws IOException {
        if (Files.exists(folder)) {
            move(folder, aside);
        }
        move(beside(folder, "repaired"), folder);
        forgetOldest(folder);
    }

    /// Damaged stores would fill the disk, where it damages one after the other. Their reports stay.
    private static void forgetOldest(Path folder) throws IOException {
        TreeMap<Integer, Path> kept = new TreeMap<>();
        for (Path aside : asides(folder)) {
            if (Files.isDirectory(aside)) {
                kept.put(number(aside), aside);
            }
        }
        while (kept.size() > Damage.MAX_KEPT) {
            Path oldest = kept.pollFirstEntry().getValue();
            LOG.warn("of the damaged stores the last {} are kept; {} is deleted", Damage.MAX_KEPT, oldest);
            try {
                delete(oldest);
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("{} cannot be deleted: {}", oldest, e.toString());
            }
        }
    }

    /// The one behind the last; or that one, if its report waits for it alone.
    private static Path free(Path folder) throws IOException {
        int last = asides(folder).stream().mapToInt(Repair::number).max().orElse(0);
        Path newest = beside(folder, ASIDE + last);
        return last > 0 && !Files.exists(newest) ? newest : beside(folder, ASIDE + (last + 1));
    }

    /// Damaged stores that are kept, and the reports of all that ever were.
    private static List<Path> asides(Path folder) throws IOException {
        String prefix = folder.getFileName() + "." + ASIDE;
        try (Stream<Path> all = Files.list(folder.toAbsolutePath().getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> number(path) > 0)
                    .toList();
        }
    }

    /// 0: it is none.
    private static int number(Path aside) {
        Matcher name = NUMBERED.matcher(aside.getFileName().toString());
        return name.find() ? Integer.parseInt(name.group(1)) : 0;
    }

    private static Path beside(Path folder, String what) {
        return folder.resolveSibling(folder.getFileName() + "." + what);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel above = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            above.force(true);
        } catch (IOException _) {
            // Some systems cannot open a folder; they order these writes themselves.
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
