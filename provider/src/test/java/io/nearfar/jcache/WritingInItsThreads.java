package io.nearfar.jcache;

import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;

/** Writes in threads of a cache alone, and refuses one key. */
final class WritingInItsThreads extends WritingTo {
    WritingInItsThreads(Map<String, String> written) {
        super(written);
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        if (entry.getKey().equals("refused")
                || !Thread.currentThread().getName().startsWith("nearfar-cache-")) {
            throw new CacheWriterException(
                    "refused in " + Thread.currentThread().getName());
        }
        super.write(entry);
    }
}
