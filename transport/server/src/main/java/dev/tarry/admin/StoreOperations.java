package dev.tarry.admin;

import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Damage;
import dev.tarry.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The queue database: where it is, and what was damaged in it. Thread-safe.
public final class StoreOperations {
    /// Findings that an answer names; the report names all.
    static final int MAX_NAMED = 1_000;

    /// The store's place on the disk, as this room sees it. Any thread; may block.
    public interface Disk {
        Path folder();

        /// What repairs have found since the process began, oldest first.
        List<Damage> found();

        /// What is kept of the disk for when nothing else is left.
        long reserveBytes();

        /// Whether that had to be given back, and is not whole again.
        boolean emergency();
    }

    /// A queued message whose octets could not be read when they were wanted.
    ///
    /// @param at  when that was seen, by the lab's clock
    /// @param id  the message's integer
    /// @param internetMessageId with its angle brackets
    /// @param why what is wrong with it
    public record Met(Instant at, long id, String internetMessageId, String why) {}

    private final Disk disk;
    private final StoreDoor door;
    private final Supplier<List<Met>> met;

    /// @param met damage met while running, oldest first
    public StoreOperations(Disk disk, StoreDoor door, Supplier<List<Met>> met) {
        this.disk = disk;
        this.door = door;
        this.met = met;
    }

    /// Folder, whether it is open, its size and reserve, what repairs have found, and damage that was met since.
    public SequencedMap<String, Object> store() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("folder", disk.folder().toString());
        try {
            long bytes = door.store().sizeBytes();
            bag.put("open", door.trouble().isEmpty());
            bag.put("bytes", bytes);
        } catch (StoreException _) {
            bag.put("open", false);
            bag.put("bytes", 0L);
        }
        bag.put("reserveBytes", disk.reserveBytes());
        bag.put("emergency", disk.emergency());
        bag.put("repairs", disk.found().stream().map(StoreOperations::repair).toList());
        bag.put("damaged", met.get().stream().map(StoreOperations::damaged).toList());
        return bag;
    }

    private static SequencedMap<String, Object> damaged(Met met) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("at", met.at());
        bag.put("id", met.id());
        bag.put("messageId", met.internetMessageId());
        bag.put("because", met.why());
        return bag;
    }

    private static SequencedMap<String, Object> repair(Damage damage) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("why", damage.why());
        bag.put("lost", damage.lost());
        bag.put("moved", damage.moved());
        bag.put("unknown", damage.unknown());
        bag.put("aside", damage.aside().toString());
        bag.put("report", damage.report().toString());
        List<Object> findings = new ArrayList<>();
        damage.findings().stream().limit(MAX_NAMED).forEach(finding -> {
            SequencedMap<String, Object> one = new LinkedHashMap<>();
            one.put("fate", finding.fate().name());
            one.put("kind", finding.kind());
            one.put("id", finding.id() == 0 ? null : finding.id());
            one.put("about", finding.about());
            one.put("because", finding.because());
            findings.add(one);
        });
        bag.put("findings", findings);
        return bag;
    }
}
