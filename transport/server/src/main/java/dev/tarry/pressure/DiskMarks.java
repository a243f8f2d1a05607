package dev.tarry.pressure;

/// The same for the free space of the store's disk, as multiples of a reserve.
///
/// | from | to | when the free space is |
/// |---|---|---|
/// | LOW | MEDIUM | less than twice the reserve |
/// | MEDIUM | HIGH | less than the reserve |
/// | HIGH | MEDIUM | more than one and a half times the reserve |
/// | MEDIUM | LOW | more than two and a half times the reserve |
///
/// Pure.
///
/// @param reserveBytes 0: there is none, and so no pressure
public record DiskMarks(long reserveBytes) {
    /// The reserve is never more than this part of the disk, or a small one could hold nothing.
    private static final long PART_OF_DISK = 10;

    /// @param wantedBytes the reserve that is set
    public static DiskMarks on(long diskBytes, long wantedBytes) {
        return new DiskMarks(Math.min(wantedBytes, diskBytes / PART_OF_DISK));
    }

    /// What the level is next.
    public PressureLevel next(PressureLevel now, long freeBytes) {
        if (reserveBytes <= 0) {
            return PressureLevel.LOW;
        }
        if (freeBytes < reserveBytes) {
            return PressureLevel.HIGH;
        }
        long halves = freeBytes / Math.max(1, reserveBytes / 2);
        return switch (now) {
            case HIGH -> halves < 3 ? PressureLevel.HIGH : halves < 5 ? PressureLevel.MEDIUM : PressureLevel.LOW;
            case MEDIUM -> halves < 5 ? PressureLevel.MEDIUM : PressureLevel.LOW;
            case LOW -> halves < 4 ? PressureLevel.MEDIUM : PressureLevel.LOW;
        };
    }

    /// As diagnostics print them, in free bytes.
    @Override
    public String toString() {
        return "[PressureTransitions: MediumToHigh=" + reserveBytes + " HighToMedium=" + reserveBytes / 2 * 3
                + " LowToMedium=" + reserveBytes * 2 + " MediumToLow=" + reserveBytes / 2 * 5 + "]";
    }
}
