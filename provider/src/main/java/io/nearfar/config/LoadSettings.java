package io.nearfar.config;

/**
 * What keeps loads of one cache rare.
 *
 * @param jitter how much of a lifetime chance may take away, in percent; 0: nothing
 */
public record LoadSettings(int jitter) {
    /** What the defaults say. */
    public static final LoadSettings NONE = new LoadSettings(0);
}
