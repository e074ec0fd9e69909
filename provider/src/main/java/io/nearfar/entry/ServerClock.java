package io.nearfar.entry;

/** Tells the time that decides expirations and stamps. No wall clock of a node takes its place. */
@FunctionalInterface
public interface ServerClock {
    /**
     * Returns the server time, in microseconds since the epoch, at that instant of this process's {@link System#nanoTime},
     * as well as this node knows it. It may be ahead of the truth, never behind.
     */
    long microsAt(long nanoTime);

    /** Returns the current server time in microseconds since the epoch, as well as this node knows it. */
    default long micros() {
        return microsAt(System.nanoTime());
    }
}
