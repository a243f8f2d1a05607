package dev.tarry.lab.load;

/// Chance for one purpose of one message: the same seed, message and purpose throw the same numbers, whichever
/// session sends the message and whatever was drawn before (SplitMix64). Used on one thread.
final class Dice {
    /// What is drawn for a message; each has its own numbers.
    enum Purpose {
        SIZE,
        RECIPIENTS,
        DOMAIN,
        MAILBOX,
        ARRIVAL
    }

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed, long message, Purpose purpose) {
        state = mixed(mixed(mixed(seed + GAMMA) + message) + purpose.ordinal());
    }

    private long bits() {
        state += GAMMA;
        return mixed(state);
    }

    /// From 0 up to, but not including, 1.
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /// From 0 up to, but not including, the bound.
    long below(long bound) {
        return (long) (unit() * bound);
    }

    /// With mean 1. The functions of StrictMath give the same on every machine.
    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /// With mean 0 and standard deviation 1 (Box and Muller).
    double gaussian() {
        double radius = StrictMath.sqrt(2 * exponential());
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
