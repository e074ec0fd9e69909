package io.nearfar.benchmarks.plan;

import java.util.stream.IntStream;

/** How many bytes the protocol of Redis takes (RESP 2). */
final class Resp {
    private static final int LINE_END = 2;
    private static final int TEN = 10;

    /** What stands for nothing. */
    static final int NULL = 5;

    private Resp() {}

    /** Returns what the beginning of an array of so many parts takes. */
    static int array(int parts) {
        return 1 + digits(parts) + LINE_END;
    }

    /** Returns what strings of those lengths take, one after the other. */
    static int strings(int... lengths) {
        return IntStream.of(lengths)
                .map(length -> 1 + digits(length) + LINE_END + length + LINE_END)
                .sum();
    }

    /** Returns what a number of so many digits takes. */
    static int number(int digits) {
        return 1 + digits + LINE_END;
    }

    private static int digits(int number) {
        return number < TEN ? 1 : 1 + digits(number / TEN);
    }
}
