package io.nearfar.fault.proxy;

import java.util.concurrent.TimeUnit;

/** What befalls the bytes that go in one direction through a proxy. Used by the proxy's thread. */
final class Way {
    private Lines held;
    private long delay;
    private long bytesPerSecond;

    void hold(Lines lines) {
        held = lines;
    }

    void delay(long nanos) {
        delay = nanos;
    }

    void throttle(long bytes) {
        bytesPerSecond = bytes;
    }

    void clear() {
        held = null;
        delay = 0;
        bytesPerSecond = 0;
    }

    boolean holds(Line line) {
        return held != null && held.include(line);
    }

    long delay() {
        return delay;
    }

    /** Returns how long so many bytes take. */
    long nanosFor(int bytes) {
        return bytesPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
    }
}
