package io.nearfar.observe;

import io.nearfar.Meter;
import io.nearfar.Metric;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages of writes that come to this node, and what is lost of them. Safe for use by several threads. */
public final class MessageSignals {
    private final LongAdder received = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder subscriptions = new LongAdder();
    private final Histogram lag = Histogram.ofMilliseconds();

    /** Creates signals that have counted nothing. */
    public MessageSignals() {}

    /** Counts a message that took so long to come here. */
    public void received(long nanos) {
        received.increment();
        lag.record(nanos);
    }

    /** Counts a message that could not be understood or taken in. */
    public void unreadable() {
        unreadable.increment();
    }

    /** Counts a loss that was noticed. */
    public void gap() {
        gaps.increment();
    }

    /** Counts a subscription that was made anew. */
    public void subscribed() {
        subscriptions.increment();
    }

    /** Returns the meters. */
    public List<Meter> meters() {
        return List.of(
                Meter.of(Metric.MESSAGES_RECEIVED, received::sum),
                Meter.of(Metric.MESSAGES_UNREADABLE, unreadable::sum),
                Meter.of(Metric.MESSAGE_GAPS, gaps::sum),
                Meter.of(Metric.MESSAGE_SUBSCRIPTIONS, subscriptions::sum),
                Meter.ofHistogram(Metric.MESSAGE_LAG, lag::read));
    }
}
