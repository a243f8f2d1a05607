package dev.tarry.pressure;

/// Where levels begin and end: each is entered above one mark and left at another that is below it, so that a use that
/// goes to and fro changes nothing (reference §9.1). Pure.
///
/// @param lowToMedium  above it the pressure is medium
/// @param mediumToHigh above it, high
/// @param highToMedium at it or below, medium again
/// @param mediumToLow  at it or below, low again
public record PressureMarks(long lowToMedium, long mediumToHigh, long highToMedium, long mediumToLow) {
    public PressureMarks {
        if (mediumToLow >= lowToMedium
                || highToMedium >= mediumToHigh
                || lowToMedium > mediumToHigh
                || mediumToLow > highToMedium) {
            throw new IllegalArgumentException("a level is left below where it is entered, and high is above medium: "
                    + "MediumToLow " + mediumToLow + ", LowToMedium " + lowToMedium + ", HighToMedium "
                    + highToMedium + ", MediumToHigh " + mediumToHigh);
        }
    }

    /// What the level is next.
    public PressureLevel next(PressureLevel now, long use) {
        if (use > mediumToHigh) {
            return PressureLevel.HIGH;
        }
        return switch (now) {
            case LOW -> use > lowToMedium ? PressureLevel.MEDIUM : PressureLevel.LOW;
            case MEDIUM -> use > mediumToLow ? PressureLevel.MEDIUM : PressureLevel.LOW;
            case HIGH ->
                use > highToMedium ? PressureLevel.HIGH : use > mediumToLow ? PressureLevel.MEDIUM : PressureLevel.LOW;
        };
    }

    /// As Exchange's diagnostics print them.
    @Override
    public String toString() {
        return "[PressureTransitions: MediumToHigh=" + mediumToHigh + " HighToMedium=" + highToMedium + " LowToMedium="
                + lowToMedium + " MediumToLow=" + mediumToLow + "]";
    }
}
