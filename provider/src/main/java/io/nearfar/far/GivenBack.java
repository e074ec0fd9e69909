package io.nearfar.far;

/** What became of credits that were given back. */
public enum GivenBack {
    /** They do not count any more. */
    TAKEN,
    /** What they were charged to is not there any more: it was reset, lost, or its time is over. */
    GONE,
    /** The server was not asked, or nobody knows what it did. */
    UNANSWERED
}
