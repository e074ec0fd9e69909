package io.nearfar.tier;

/** Tells what has just begun from what goes on. Safe for use by several threads. */
final class News {
    private final long quietNanos;
    private boolean met; // guarded by this
    private long last; // guarded by this

    /** Creates one for what has ended if it was not met for so long. */
    News(long quietNanos) {
        this.quietNanos = quietNanos;
    }

    /** It is met, at that instant; returns whether it had not begun, or had ended. */
    synchronized boolean isNews(long nanos) {
        boolean news = !met || nanos - last > quietNanos;
        met = true;
        last = nanos;
        return news;
    }
}
