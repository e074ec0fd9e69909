package io.nearfar.tier;

import org.jspecify.annotations.Nullable;

/**
 * A row of an {@link OutageTable}.
 *
 * @param id tells it from all others; 43 letters of ASCII
 * @param scope the same for all rows of one cache; as long
 * @param cache what people call the cache
 * @param partition the partition of the key; {@link #CLEAR} for the row that says what is to be cleared
 * @param number changes with every change, and is never used again for another row of that identity
 * @param settler the claim of who is about to tell the far tier of it, which no other claim is called by, or null
 * @param content what only the room knows that wrote it; whoever holds the row does not change the array
 */
@SuppressWarnings("ArrayRecordComponent") // only carried; nobody compares rows by their content
public record OutageRow(
        String id,
        String scope,
        String cache,
        int partition,
        long number,
        @Nullable String settler,
        byte[] content) {
    /** The number of a row that is not there. */
    public static final long NONE = 0;

    /** The partition of the row that says what is to be cleared. */
    public static final int CLEAR = -1;

    /** Returns it with other content and the next number, and nobody settles it any more. */
    OutageRow with(byte[] other) {
        return new OutageRow(id, scope, cache, partition, number + 1, null, other);
    }

    /**
     * Returns it with other content and the next number; whoever settles what it held goes on to be known, for nobody else is to
     * settle it before he has told what he has left in the far tier.
     */
    OutageRow holding(byte[] other) {
        return new OutageRow(id, scope, cache, partition, number + 1, settler, other);
    }

    /** Returns it with the next number, settled under a claim. */
    OutageRow claimedBy(String claim) {
        return new OutageRow(id, scope, cache, partition, number + 1, claim, content);
    }

    /** Returns it with the next number, settled by nobody any more. */
    OutageRow givenBack() {
        return new OutageRow(id, scope, cache, partition, number + 1, null, content);
    }

    boolean isClear() {
        return partition == CLEAR;
    }
}
