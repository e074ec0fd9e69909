package io.nearfar.jcache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** Writes down what it is told, as text: type, key, old value and value. */
final class RecordingListener
        implements CacheEntryCreatedListener<String, String>,
                CacheEntryUpdatedListener<String, String>,
                CacheEntryRemovedListener<String, String>,
                CacheEntryExpiredListener<String, String>,
                AutoCloseable {
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    volatile boolean closed;
    volatile Consumer<CacheEntryEvent<? extends String, ? extends String>> onEvent = event -> {};

    MutableCacheEntryListenerConfiguration<String, String> configured(boolean withOldValue, boolean synchronous) {
        return new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(this), null, withOldValue, synchronous);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
        record(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
        record(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
        record(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
        record(events);
    }

    private void record(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
        for (CacheEntryEvent<? extends String, ? extends String> event : events) {
            threads.add(Thread.currentThread());
            told.add(event.getEventType() + " " + event.getKey() + " " + event.getOldValue() + " " + event.getValue());
            onEvent.accept(event);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
