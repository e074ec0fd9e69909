package io.nearfar.entry;

/**
 * A later expiration for an entry that was read.
 *
 * @param version the write that made the entry
 * @param expires server time in microseconds, or {@link Entry#NEVER}
 */
public record Extension(Version version, long expires) {}
