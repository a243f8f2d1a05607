package dev.tarry.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// Makes a store that can be opened of one that cannot, and keeps the old one beside it:
///
/// ```
/// store.repairing   is being filled; whoever finds it throws it away
/// store.repaired    is complete, and waits to take the place of the damaged one
/// store             the damaged one; then the repaired one
/// store.damaged-1   the damaged one, as it was, and store.damaged-1.txt, the report
/// ```
/// Each step is one renaming, so that a crash between any two leaves it clear what is next: [#finish].
final class Repair {
    private Repair() {}

    /// @param folder the store's, which nobody has open
    /// @param why    what was wrong with it
    /// @throws StoreException if it cannot be done: the folder is as it was then
    static Damage of(Path folder, String why) throws StoreException {
        Path repairing = beside(folder, "repairing");
        Path working = beside(folder, "wreck");
        Path draft = beside(folder, "report");
        try (FolderLock _ = FolderLock.take(folder);
                Findings findings = new Findings(draft, why)) {
            delete(repairing);
            delete(working);
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
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("the damaged store in " + folder + " cannot be repaired: " + e, e);
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
    }

    private static Path free(Path folder) {
        for (int number = 1; ; number++) {
            Path aside = beside(folder, "damaged-" + number);
            if (!Files.exists(aside)) {
                return aside;
            }
        }
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
