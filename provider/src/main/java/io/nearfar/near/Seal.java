package io.nearfar.near;

/**
 * Says that nothing has ended what lies in a partition since this was made: each clear, invalidation and new epoch of the
 * partition makes another. An entry keeps the one under which it was judged last, and as long as that is its partition's, one
 * comparison of references is all that a hit needs. Compared by identity, so that no number runs over. Immutable.
 */
final class Seal {
    /** That of what was taken away; no partition has it. */
    static final Seal BROKEN = new Seal(Integer.MAX_VALUE);

    private final int lastPattern;

    /** @param lastPattern the number of the last pattern that was known */
    Seal(int lastPattern) {
        this.lastPattern = lastPattern;
    }

    /** Returns the number of the last pattern that was known. */
    int lastPattern() {
        return lastPattern;
    }
}
