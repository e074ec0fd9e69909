package io.nearfar.jcache.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registered listener with its filter. */
final class Registration<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final Cache<K, V> source;
    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final CacheEntryListener<? super K, ? super V> listener;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
    private final boolean withOldValue;
    private final @Nullable Deliveries deliveries;

    /**
     * Has the configuration's factories make listener and filter.
     *
     * @throws RuntimeException what a factory throws
     */
    Registration(Cache<K, V> source, CacheEntryListenerConfiguration<K, V> configuration, ThreadFactory workers) {
        this.source = source;
        this.configuration = configuration;
        this.listener = made(configuration.getCacheEntryListenerFactory());
        Factory<CacheEntryEventFilter<? super K, ? super V>> filters = configuration.getCacheEntryEventFilterFactory();
        this.filter = filters == null ? null : filters.create();
        this.withOldValue = configuration.isOldValueRequired();
        this.deliveries = configuration.isSynchronous() ? null : new Deliveries(workers);
    }

    private CacheEntryListener<? super K, ? super V> made(
            @Nullable Factory<CacheEntryListener<? super K, ? super V>> factory) {
        CacheEntryListener<? super K, ? super V> made = factory == null ? null : factory.create();
        if (made == null) {
            throw new CacheException("A listener of cache " + source.getName() + " has no factory that makes one: "
                    + (factory == null ? "it is null" : factory.getClass().getName() + " made null"));
        }
        return made;
    }

    boolean isFor(CacheEntryListenerConfiguration<K, V> other) {
        return configuration.equals(other);
    }

    boolean wantsExpired() {
        return listensTo(EventType.EXPIRED);
    }

    boolean wantsOldValue() {
        return withOldValue;
    }

    /**
     * Tells the listener: at once if it is synchronous and {@code mayWait}, else in its own thread.
     *
     * @throws CacheEntryListenerException if a synchronous listener or its filter fails
     */
    void tell(List<Mutation<K, V>> mutations, boolean mayWait) {
        Map<EventType, List<CacheEntryEvent<? extends K, ? extends V>>> events = sorted(mutations);
        if (events.isEmpty()) {
            return;
        }
        if (deliveries != null) {
            deliveries.add(() -> deliverLater(events));
        } else if (mayWait) {
            deliver(events);
        } else {
            deliverLater(events);
        }
    }

    /** Returns the events that concern the listener, by type in the order in which a key can go through them. */
    private Map<EventType, List<CacheEntryEvent<? extends K, ? extends V>>> sorted(List<Mutation<K, V>> mutations) {
        Map<EventType, List<CacheEntryEvent<? extends K, ? extends V>>> events = new EnumMap<>(EventType.class);
        for (Mutation<K, V> mutation : mutations) {
            if (listensTo(mutation.type())) {
                events.computeIfAbsent(mutation.type(), type -> new ArrayList<>(mutations.size()))
                        .add(new EntryEvent<>(source, mutation, withOldValue));
            }
        }
        return events;
    }

    private boolean listensTo(EventType type) {
        return switch (type) {
            case CREATED -> listener instanceof CacheEntryCreatedListener;
            case UPDATED -> listener instanceof CacheEntryUpdatedListener;
            case REMOVED -> listener instanceof CacheEntryRemovedListener;
            case EXPIRED -> listener instanceof CacheEntryExpiredListener;
        };
    }

    private void deliverLater(Map<EventType, List<CacheEntryEvent<? extends K, ? extends V>>> events) {
        try {
            deliver(events);
        } catch (RuntimeException e) {
            LOG.warn(
                    "NF0511 {}: listener {} failed with events of these kinds, so many of each: {}",
                    source.getName(),
                    listener.getClass().getName(),
                    counts(events),
                    e);
        }
    }

    /** Keys may be names of people, and have no place in the log. */
    private static Map<EventType, Integer> counts(Map<EventType, ? extends List<?>> events) {
        Map<EventType, Integer> counts = new EnumMap<>(EventType.class);
        events.forEach((type, all) -> counts.put(type, all.size()));
        return counts;
    }

    private void deliver(Map<EventType, List<CacheEntryEvent<? extends K, ? extends V>>> events) {
        try {
            events.forEach((type, all) -> {
                List<CacheEntryEvent<? extends K, ? extends V>> wanted = filtered(all);
                if (!wanted.isEmpty()) {
                    call(type, wanted);
                }
            });
        } catch (CacheEntryListenerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheEntryListenerException(
                    "Listener " + listener.getClass().getName() + " of cache " + source.getName() + " failed", e);
        }
    }

    private List<CacheEntryEvent<? extends K, ? extends V>> filtered(
            List<CacheEntryEvent<? extends K, ? extends V>> events) {
        return filter == null
                ? events
                : events.stream().filter(filter::evaluate).toList();
    }

    @SuppressWarnings("unchecked") // a listener takes any event of these types, and listensTo() has seen its kind
    private void call(EventType type, Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        CacheEntryListener<K, V> told = (CacheEntryListener<K, V>) listener;
        switch (type) {
            case CREATED -> ((CacheEntryCreatedListener<K, V>) told).onCreated(events);
            case UPDATED -> ((CacheEntryUpdatedListener<K, V>) told).onUpdated(events);
            case REMOVED -> ((CacheEntryRemovedListener<K, V>) told).onRemoved(events);
            case EXPIRED -> ((CacheEntryExpiredListener<K, V>) told).onExpired(events);
        }
    }

    /** Closes listener and filter if they can be closed; events already handed over are still delivered first. */
    @Override
    public void close() {
        if (deliveries == null) {
            closeParts();
        } else {
            deliveries.add(this::closeParts);
            deliveries.close();
        }
    }

    private void closeParts() {
        close(listener);
        close(filter);
    }

    private void close(@Nullable Object part) {
        if (part instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn(
                        "NF0512 {}: closing {} failed",
                        source.getName(),
                        part.getClass().getName(),
                        e);
            }
        }
    }
}
