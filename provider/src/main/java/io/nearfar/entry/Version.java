package io.nearfar.entry;

/**
 * The identity of one write. Stamps order the writes of a partition within an epoch; two writes are the same only if
 * stamp and nonce are.
 *
 * @param stamp microseconds of the server's clock, strictly increasing within a partition
 * @param nonce eight random bytes of the writer
 */
public record Version(long stamp, long nonce) {
    /** Stands for the stamp of a write that is known by its nonce alone; no write has it. */
    public static final long ANY_STAMP = 0;

    /** Tells whether this write came after {@code other} in the same epoch. */
    public boolean isAfter(Version other) {
        return stamp > other.stamp;
    }
}
