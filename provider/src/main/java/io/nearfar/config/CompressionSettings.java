package io.nearfar.config;

/**
 * What a cache does to make its values smaller in the far tier. Reading does not depend on it.
 *
 * @param method how values are compressed
 * @param threshold smallest value, in bytes, that is
 */
public record CompressionSettings(Compression method, long threshold) {
    /** Values are stored as they are. */
    public static final CompressionSettings NONE = new CompressionSettings(Compression.NONE, 1);
}
