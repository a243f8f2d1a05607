package dev.tarry.planted;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGeneratorFactory;

/// Uses what it is given; no rule minds.
public final class IsGiven {
    private static final int CONSTANT = 7;

    public Instant now(InstantSource source) {
        return source.instant();
    }

    public LocalDate today(Clock clock) {
        return LocalDate.now(clock);
    }

    public int draw(long seed) {
        return new SplittableRandom(seed).nextInt() + new Random(seed).nextInt() + CONSTANT;
    }

    public Object generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public Date date(long millis) {
        return new Date(millis);
    }

    public void shuffle(List<String> list, long seed) {
        Collections.shuffle(list, new Random(seed));
    }
}
