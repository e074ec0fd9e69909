package io.nearfar.fault.check;

/** Finds what a history shows to be impossible if an invariant held. What it reports is sure; it may miss some. */
interface Rule {
    void check(History history, Bounds bounds, Findings findings);
}
