package dev.tarry.lab.fault;

/// Whole numbers that a fault may have.
final class Bounds {
    private Bounds() {}

    static void checked(String word, long value, long min, long max) {
        if (value < min || value > max) {
            throw new BadFault(word, "is " + value, "a whole number from " + min + " to " + max + " is needed");
        }
    }
}
