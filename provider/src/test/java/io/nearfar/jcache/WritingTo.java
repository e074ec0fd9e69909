package io.nearfar.jcache;

import java.util.Collection;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** Writes to a map. */
class WritingTo implements CacheWriter<String, String> {
    private final Map<String, String> written;

    WritingTo(Map<String, String> written) {
        this.written = written;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
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
        keys.forEach(this::delete);
        keys.clear();
    }
}
