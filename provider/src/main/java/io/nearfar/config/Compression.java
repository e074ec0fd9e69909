package io.nearfar.config;

/** How values are made smaller for the far tier. Entries name it by its ordinal: the order is part of the stored format. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** By the JDK. */
    DEFLATE,
    /** By a library beside the provider: fast. */
    LZ4,
    /** By a library beside the provider: small. */
    ZSTD
}
