package io.nearfar.observe;

import org.jspecify.annotations.Nullable;

/**
 * What one operation has met on its way through the tiers, as far as the signals of its cache tell it in the thread that makes it.
 * For use by that thread, and then by the one that tells of it.
 */
public final class Course {
    private final @Nullable Course outer;
    private final OperationLog log;
    private int far;
    private int missing;
    private int stored;
    private int removed;
    private boolean outage;
    private boolean grace;

    /** What is met. */
    enum Met {
        FAR_HIT,
        MISS,
        STORED,
        REMOVED,
        OUTAGE,
        GRACE
    }

    Course(OperationLog log, @Nullable Course outer) {
        this.log = log;
        this.outer = outer;
    }

    /** Returns the operation in the midst of which this one is made, of this cache or another, or null. */
    @Nullable
    Course outer() {
        return outer;
    }

    boolean isOf(OperationLog log) {
        return this.log == log;
    }

    void met(Met met) {
        switch (met) {
            case FAR_HIT -> far++;
            case MISS -> missing++;
            case STORED -> stored++;
            case REMOVED -> removed++;
            case OUTAGE -> outage = true;
            case GRACE -> grace = true;
        }
    }

    /** Returns what a read of one key came to; {@code answer} is what its caller gets. */
    public String ofRead(@Nullable Object answer) {
        if (answer == null) {
            return in("miss");
        } else if (missing > 0) {
            return in(grace ? "stale, in its grace" : "loaded");
        }
        return in(far > 0 ? "far hit" : "near hit");
    }

    /** Returns what a read of that many keys came to, of which so many have answers. */
    public String ofReads(int keys, int answers) {
        int known = keys - missing;
        return in((known - far) + " near, " + far + " far, " + (answers - known) + " loaded, " + (keys - answers)
                + " missing");
    }

    /** Returns what a change of one key came to, by which {@code otherwise} if it changed nothing. */
    public String ofChange(String otherwise) {
        return in(stored > 0 ? "stored" : removed > 0 ? "removed" : otherwise);
    }

    /** Returns what puts of many keys came to. */
    public String ofPuts() {
        return in(stored + " stored");
    }

    /** Returns what removals of many keys came to. */
    public String ofRemovals() {
        return in(removed + " removed");
    }

    /** Returns {@code result}, and whether the far tier did not answer. */
    public String in(String result) {
        return outage ? result + ", in an outage" : result;
    }
}
