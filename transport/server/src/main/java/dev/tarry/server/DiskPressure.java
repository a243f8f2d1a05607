package dev.tarry.server;

import dev.tarry.mail.Reply;
import java.util.Optional;

/// How short the space on the store's disk is. Each level is entered at one mark and left at another that is a way
/// above, so that it does not go to and fro (reference §9.1).
///
/// | from | to | when the free space is |
/// |---|---|---|
/// | LOW | MEDIUM | less than twice the reserve |
/// | MEDIUM | HIGH | less than the reserve |
/// | HIGH | MEDIUM | more than one and a half times the reserve |
/// | MEDIUM | LOW | more than two and a half times the reserve |
///
/// At HIGH new mail is refused; what is queued goes on leaving, which makes space. Pure.
public enum DiskPressure {
    LOW("Normal"),
    MEDIUM("Medium"),
    HIGH("High");

    /// The resource as Exchange names it.
    public static final String RESOURCE = "UsedDiskSpace[store]";

    private static final Reply REFUSED = Reply.of(452, "4.3.1 Insufficient system resources (" + RESOURCE + ")");

    /// The reserve is never more than this part of the disk, or a small one could hold nothing.
    private static final long PART_OF_DISK = 10;

    private final String word;

    DiskPressure(String word) {
        this.word = word;
    }

    /// As events name it.
    public String word() {
        return word;
    }

    /// What clients are told; empty: they may send.
    public Optional<Reply> refusal() {
        return this == HIGH ? Optional.of(REFUSED) : Optional.empty();
    }

    /// @param wanted the reserve that is set, in bytes
    /// @return the reserve on a disk of this size
    public static long reserve(long wanted, long diskBytes) {
        return Math.min(wanted, diskBytes / PART_OF_DISK);
    }

    /// What it is next.
    ///
    /// @param reserveBytes 0: there is none, and so no pressure
    public DiskPressure next(long freeBytes, long reserveBytes) {
        if (reserveBytes <= 0) {
            return LOW;
        }
        if (freeBytes < reserveBytes) {
            return HIGH;
        }
        long halves = freeBytes / Math.max(1, reserveBytes / 2);
        return switch (this) {
            case HIGH -> halves < 3 ? HIGH : halves < 5 ? MEDIUM : LOW;
            case MEDIUM -> halves < 5 ? MEDIUM : LOW;
            case LOW -> halves < 4 ? MEDIUM : LOW;
        };
    }
}
