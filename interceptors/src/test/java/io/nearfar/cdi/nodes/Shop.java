package io.nearfar.cdi.nodes;

import jakarta.inject.Singleton;
import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/** A bean that each node has: its prices come from where {@link #price} says, and may be held back. */
@Singleton
@CacheDefaults(cacheName = "prices")
public class Shop {
    /** What a price is: a class that only annotations declare. */
    public record Price(int article, String text) implements Serializable {}

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch begun = new CountDownLatch(1);
    volatile CountDownLatch held = new CountDownLatch(0);
    volatile String price = "old";

    /** Reads the price, then waits until it is let go. */
    @CacheResult
    public Price price(int article) throws InterruptedException {
        calls.incrementAndGet();
        Price read = new Price(article, price);
        begun.countDown();
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("held for 30 seconds");
        }
        return read;
    }

    /** Declares one price out of date. */
    @CacheRemove
    public void update(int article) {
        price = "new";
    }

    /** Declares all prices out of date. */
    @CacheRemoveAll
    public void updateAll() {
        price = "new";
    }
}
