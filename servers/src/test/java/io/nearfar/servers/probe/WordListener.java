package io.nearfar.servers.probe;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;

/** A listener of the application's own. */
public final class WordListener implements CacheEntryCreatedListener<WordKey, Word> {
    private final AtomicInteger heard = new AtomicInteger();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends WordKey, ? extends Word>> events) {
        events.forEach(event -> heard.incrementAndGet());
    }
}
