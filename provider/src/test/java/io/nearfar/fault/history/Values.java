package io.nearfar.fault.history;

/**
 * The values of one call. No two writes of a run write the same value, so that a value names its write.
 *
 * @param written what was to be written
 * @param wanted what the caller said must be there
 * @param found what the caller was handed
 */
public record Values(long written, long wanted, long found) {
    /** Stands for null, and for a value that the call does not have. */
    public static final long NONE = 0;

    private static final int THREAD_BITS = 8;
    private static final int NUMBER_BITS = 40;

    public static final Values NOTHING = new Values(NONE, NONE, NONE);

    public static Values written(long value) {
        return new Values(value, NONE, NONE);
    }

    public static Values found(long value) {
        return new Values(NONE, NONE, value);
    }

    /** Returns a value that no other caller makes. */
    public static long unique(Caller caller, long number) {
        return (((caller.node() + 1L) << THREAD_BITS | caller.thread()) << NUMBER_BITS) + number;
    }

    /** Tells whether both are odd, or both are even. */
    public static boolean isLike(long one, long other) {
        return (one & 1) == (other & 1);
    }

    /** Returns a value as it is shown: node, thread, number; or the number alone. */
    public static String text(long value) {
        long caller = value >> NUMBER_BITS;
        long number = value & (1L << NUMBER_BITS) - 1;
        return caller == 0
                ? value == NONE ? "null" : String.valueOf(value)
                : "v" + ((caller >> THREAD_BITS) - 1) + "." + (caller & (1 << THREAD_BITS) - 1) + "." + number;
    }
}
