package dev.tarry.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which families of records batches touch.
final class BatchFamilies {
    private BatchFamilies() {}

    /// Their words in the order of [Disk.Family]; the store's own where there is nothing but a sync.
    static List<String> of(List<Batch> batches) {
        Set<Disk.Family> touched = EnumSet.noneOf(Disk.Family.class);
        for (Batch batch : batches) {
            for (Write write : batch.writes()) {
                touched.add(
                        switch (write) {
                            case Write.Chunk _, Write.DropContent _ -> Disk.Family.CONTENT;
                            case Write.PutMessage _, Write.DropMessage _, Write.PutCopy _, Write.DropCopy _ ->
                                Disk.Family.META;
                            case Write.PutQueue _, Write.DropQueue _ -> Disk.Family.QUEUE;
                            case Write.PutItem _, Write.DropItem _ -> Disk.Family.MAILBOX;
                            case Write.PutNetItem _, Write.DropNetItem _, Write.PutResubmit _, Write.DropResubmit _ ->
                                Disk.Family.SAFETYNET;
                        });
            }
        }
        if (touched.isEmpty()) {
            touched.add(Disk.Family.HOUSE);
        }
        return touched.stream().map(Disk.Family::word).toList();
    }
}
