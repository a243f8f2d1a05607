package dev.tarry.time;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Chance that is drawn per entity and purpose, never from one shared stream: what one message draws does not
/// shift what the next one gets, so a seed keeps its meaning when the code around it changes.
public record Chance(long seed) {
    /// A generator that depends on the seed, the purpose and the entity alone.
    public RandomGenerator of(String purpose, long entity) {
        long mixed = mix(seed ^ mix(purpose.hashCode() * 0x9E3779B97F4A7C15L + mix(entity)));
        return RandomGeneratorFactory.of("L64X128MixRandom").create(mixed);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
