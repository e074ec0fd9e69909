package io.nearfar.benchmarks.peer;

/** A rate limiter, opened for a limit of one kind; several threads may ask it. */
public interface LimiterDriver extends AutoCloseable {
    /** The permits of the limit: so many that a key which is asked for all the time is admitted all the time. */
    long PERMITS = 10_000;

    /** The window of the limit, in milliseconds. */
    long WINDOW_MILLIS = 50;

    /** Decides about a request under a key, and tells whether it is admitted. */
    boolean admits(String key);

    @Override
    void close();
}
