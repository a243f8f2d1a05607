package dev.tarry.lab.load;

import java.util.Arrays;

/// Which of some things it is, some being likelier than others.
final class Weights {
    /// Past this a table takes more memory than a generator should.
    static final int THINGS_MAX = 1_000_000;

    /// Of each thing the sum up to and including it.
    private final double[] sums;

    private Weights(double[] sums) {
        this.sums = sums;
    }

    /// @param weights above 0, at least one
    static Weights of(double[] weights) {
        return new Weights(summed(weights.clone()));
    }

    /// Zipf's law: the weight of the n-th thing is 1/n^exponent.
    ///
    /// @param exponent 0: all alike
    static Weights zipf(int things, double exponent) {
        var weights = new double[things];
        for (int i = 0; i < things; i++) {
            weights[i] = StrictMath.pow(i + 1.0, -exponent);
        }
        return new Weights(summed(weights));
    }

    /// In order: the last digits must not depend on how many threads add.
    private static double[] summed(double[] weights) {
        for (int i = 1; i < weights.length; i++) {
            weights[i] += weights[i - 1];
        }
        return weights;
    }

    /// The number of a thing, from 0.
    int draw(Dice dice) {
        double mark = dice.unit() * sums[sums.length - 1];
        int found = Arrays.binarySearch(sums, mark);
        // A mark that meets a sum belongs to the thing behind it.
        return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
    }
}
