package io.nearfar.entry;

/** Tells the time that decides expirations and stamps. No wall clock of a node takes its place. */
@FunctionalInterface
public interface ServerClock {
    /** Returns the current server time in microseconds since the epoch, as well as this node knows it. */
    long micros();
}
