package io.nearfar.config;

/**
 * A setting that was found, its text known to be allowed.
 *
 * @param found the key, its text and its source
 * @param setting what it sets
 * @param rank lower counts more
 */
record Given(Found found, Setting<?> setting, int rank) {
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
