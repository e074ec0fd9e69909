package io.nearfar.entry;

/** How an invalidation ends entries. */
public enum Ending {
    /** Nothing of them answers anybody any more. */
    HARD,
    /** As if their time were over: in its grace such an entry may answer in place of loads that fail. */
    SOFT
}
