package io.nearfar.fault.node;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Span;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.List;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** A synchronous listener: counts for each thread what it is told during a call, and keeps the order of all of it. */
final class Ear
        implements CacheEntryCreatedListener<String, Number>,
                CacheEntryUpdatedListener<String, Number>,
                CacheEntryRemovedListener<String, Number> {
    private final Caller caller;
    private final List<Operation> told = new ArrayList<>();
    private final ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> 0);

    Ear(int node) {
        this.caller = new Caller(node, 0);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Number>> events) {
        events.forEach(this::written);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Number>> events) {
        events.forEach(this::written);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Number>> events) {
        events.forEach(event -> count.set(count.get() + 1));
    }

    private synchronized void written(CacheEntryEvent<? extends String, ? extends Number> event) {
        count.set(count.get() + 1);
        long now = System.nanoTime();
        Run run = new Run(new Span(now, now), new Span(now, now), told.size(), 0);
        told.add(Operation.of(
                caller,
                Kind.EVENT,
                Role.HEARD.key(event.getKey()),
                Values.written(event.getValue().longValue()),
                Outcome.DONE,
                run));
    }

    /** Begins to count anew for the calling thread. */
    void listen() {
        count.set(0);
    }

    /** Returns what the calling thread was told since. */
    int heard() {
        return count.get();
    }

    /** Returns all that was told, and forgets it. */
    synchronized List<Operation> take() {
        List<Operation> all = new ArrayList<>(told);
        told.clear();
        return all;
    }
}
