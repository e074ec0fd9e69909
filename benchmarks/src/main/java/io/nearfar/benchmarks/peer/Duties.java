package io.nearfar.benchmarks.peer;

/** What a JCache does besides keeping entries. */
public enum Duties {
    /** Nothing that it does not do anyway. */
    NONE(""),
    /** Statistics are on. */
    STATISTICS(", statistics"),
    /** Statistics are on, and entries expire an hour after they were created, by the standard's policy. */
    STATISTICS_AND_EXPIRY(", statistics, expiry");

    private final String label;

    Duties(String label) {
        this.label = label;
    }

    /** Returns what tables show behind the name of the peer. */
    public String label() {
        return label;
    }

    boolean counted() {
        return this != NONE;
    }

    boolean expiring() {
        return this == STATISTICS_AND_EXPIRY;
    }
}
