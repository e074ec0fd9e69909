package io.nearfar.entry;

/**
 * A later expiration for an entry that was read.
 *
 * @param version the write that made the entry
 * @param expires server time in microseconds, or {@link Entry#NEVER}
 * @param known the expiration that the store has for it so far
 */
public record Extension(Version version, long expires, long known) {
    /** Returns what both ask for, if they are of one write; else the one of the later write. */
    public Extension and(Extension other) {
        if (!isOf(other.version)) {
            return other.version.isAfter(version) ? other : this;
        }
        return new Extension(version, Math.max(expires, other.expires), Math.min(known, other.known));
    }

    /** Tells whether it is for the entry that this write made. */
    public boolean isOf(Version write) {
        return version.equals(write);
    }
}
