package io.nearfar.fault.history;

/** Who did it. */
public record Caller(int node, int thread) {
    /** Reads the far tier itself, past every near tier. */
    public static final Caller JUDGE = new Caller(-1, 0);

    /** Does to servers and networks what the run is about. */
    public static final Caller HARNESS = new Caller(-2, 0);

    /** Threads from this number on prepare a run, or look at what is left of it. */
    public static final int ASIDE = 100;

    /** Fills a cache before anybody asks. */
    public static final int WARMER = 200;

    /** Tells whether this is one of the threads that the run is about. */
    public boolean isAtWork() {
        return node >= 0 && thread < ASIDE;
    }

    @Override
    public String toString() {
        return node == JUDGE.node ? "judge" : node == HARNESS.node ? "harness" : "node " + node + " thread " + thread;
    }
}
