package io.nearfar.config;

/** What becomes of the far entries of a cache when the far tier answers again after an outage. */
public enum OutageRecovery {
    /** They stay; what this node has noted meanwhile is made up for. */
    KEEP,
    /** The first node that is back clears the cache: also what a node noted that did not survive is then not undone. */
    CLEAR
}
