package dev.tarry.admin;

import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Damage;
import dev.tarry.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The queue database: where it is, and what was damaged in it. Thread-safe.
public final class StoreOperations {
    /// Findings that an answer names; the report names all.
    static final int MAX_NAMED = 1_000;

    private final Path folder;
    private final StoreDoor door;
    private final Supplier<List<Damage>> found;

    /// @param found what repairs have found since the process began
    public StoreOperations(Path folder, StoreDoor door, Supplier<List<Damage>> found) {
        this.folder = folder;
        this.door = door;
        this.found = found;
    }

    /// Folder, whether it is open, its size, and what repairs have found.
    public SequencedMap<String, Object> store() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("folder", folder.toString());
        try {
            long bytes = door.store().sizeBytes();
            bag.put("open", door.trouble().isEmpty());
            bag.put("bytes", bytes);
        } catch (StoreException _) {
            bag.put("open", false);
            bag.put("bytes", 0L);
        }
        bag.put("repairs", found.get().stream().map(StoreOperations::repair).toList());
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
