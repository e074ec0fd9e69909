package io.nearfar.jcache;

import java.util.Collection;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/** Writes to a map, in threads of a cache alone, and refuses one key. */
record WritingTo(Map<String, String> written) implements CacheWriter<String, String> {
    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        if (entry.getKey().equals("refused")
                || !Thread.currentThread().getName().startsWith("nearfar-cache-")) {
            throw new CacheWriterException(
                    "refused in " + Thread.currentThread().getName());
        }
        written.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
        entries.forEach(this::write);
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        written.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        keys.forEach(written::remove);
        keys.clear();
    }
}
