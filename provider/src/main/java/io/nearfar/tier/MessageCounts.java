package io.nearfar.tier;

import io.nearfar.entry.ServerClock;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.observe.MessageSignals;
import java.util.concurrent.TimeUnit;

/** Counts the messages that arrive, beside those who apply them, and how long they took by the server's clock. */
record MessageCounts(MessageSignals signals, ServerClock clock) implements InvalidationSink {
    @Override
    public void received(Invalidation message) {
        long micros = clock.micros() - message.version().stamp();
        signals.received(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @Override
    public void resubscribed(int partition) {
        signals.subscribed();
    }

    @Override
    public void unreadable(int partition) {
        signals.unreadable();
    }
}
