package io.nearfar.servers.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;

/** A bean whose method is cached by annotation. */
@ApplicationScoped
public class Dictionary {
    private final AtomicInteger lookups = new AtomicInteger();

    /** Returns the bean of this application. */
    static Dictionary here() {
        return CDI.current().select(Dictionary.class).get();
    }

    /** Looks a word up, once for all nodes. */
    @CacheResult(cacheName = "dictionary")
    public Word lookUp(String word) {
        lookups.incrementAndGet();
        return new Word(word + ", looked up");
    }

    /** Returns how often a word was looked up here. */
    public int lookups() {
        return lookups.get();
    }
}
