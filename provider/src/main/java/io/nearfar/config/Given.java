package io.nearfar.config;

/**
 * A setting that was found, its text known to be allowed.
 *
 * @param found the key, its text and its source
 * @param setting what it sets
 * @param rank lower counts more
 */
record Given(Found found, Setting<?> setting, int rank) {
    /** How many ranks a source has; its keys of profiles come before the plain ones. */
    static final int RANKS_PER_SOURCE = 1_000;

    /** Tells whether both were found in one source. */
    boolean isOfSameSource(Given other) {
        return rank / RANKS_PER_SOURCE == other.rank / RANKS_PER_SOURCE;
    }

    /** Returns the key with its text, unless secret, and its source, as the beginning of a refusal. */
    String shown() {
        return Shown.line(found, setting);
    }

    /** Returns the key and where it was found. */
    @Override
    public String toString() {
        return found.toString();
    }
}
