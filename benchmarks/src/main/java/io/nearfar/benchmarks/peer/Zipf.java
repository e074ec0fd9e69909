package io.nearfar.benchmarks.peer;

import java.util.Arrays;
import java.util.Random;

/** Numbers of keys of which few are wanted often and most seldom, as readers want them: the k-th in proportion to k^-0.99. */
public final class Zipf {
    private static final double EXPONENT = 0.99;

    private final double[] upTo;

    /** Prepares the choice among so many keys. */
    public Zipf(int keys) {
        upTo = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += Math.pow(key + 1.0, -EXPONENT);
            upTo[key] = sum;
        }
    }

    /** Returns so many numbers of keys, the same for the same seed. */
    public int[] numbers(int count, long seed) {
        Random random = new Random(seed);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            numbers[i] = Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
        }
        return numbers;
    }
}
