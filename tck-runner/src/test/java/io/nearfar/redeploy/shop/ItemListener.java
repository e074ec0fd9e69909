package io.nearfar.redeploy.shop;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** A listener of the application's own. */
public final class ItemListener
        implements CacheEntryCreatedListener<ItemKey, Item>, CacheEntryUpdatedListener<ItemKey, Item> {
    private final AtomicInteger heard = new AtomicInteger();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends ItemKey, ? extends Item>> events) {
        events.forEach(event -> heard.incrementAndGet());
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends ItemKey, ? extends Item>> events) {
        events.forEach(event -> heard.incrementAndGet());
    }
}
