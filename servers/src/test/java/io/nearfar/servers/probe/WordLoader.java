package io.nearfar.servers.probe;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** A loader of the application's own. */
public final class WordLoader implements CacheLoader<WordKey, Word> {
    @Override
    public Word load(WordKey key) {
        return new Word(key.word() + ", loaded");
    }

    @Override
    public Map<WordKey, Word> loadAll(Iterable<? extends WordKey> keys) {
        Map<WordKey, Word> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, load(key)));
        return loaded;
    }
}
