package io.nearfar.config;

/**
 * A key as a source has it.
 *
 * @param key the key, or the name of the environment variable
 * @param text its text
 * @param where the source, in words that follow "found in"
 */
record Found(String key, String text, String where) {
    /** Returns the key and where it was found, without its text, which may be secret. */
    @Override
    public String toString() {
        return key + " (" + where + ")";
    }
}
