package dev.tarry.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Chance that follows from an input, so that the input alone says what happened.
public final class Dice {
    private final SplittableRandom chance;

    public Dice(byte[] input) {
        chance = new SplittableRandom(Arrays.hashCode(input));
    }

    /// 0 to `bound` - 1.
    public int below(int bound) {
        return chance.nextInt(bound);
    }

    /// One time in so many.
    public boolean once(int inTimes) {
        return chance.nextInt(inTimes) == 0;
    }

    public <T> T of(T[] choices) {
        return choices[chance.nextInt(choices.length)];
    }

    /// The input as a network may bring it: in up to nine pieces.
    public List<ByteBuf> cut(byte[] input) {
        int[] places = chance.ints(1 + below(8), 0, input.length + 1).sorted().toArray();
        List<ByteBuf> pieces = new ArrayList<>();
        int from = 0;
        for (int place : places) {
            pieces.add(Unpooled.copiedBuffer(input, from, place - from));
            from = place;
        }
        pieces.add(Unpooled.copiedBuffer(input, from, input.length - from));
        return pieces;
    }
}
