package io.nearfar.jcache;

import java.util.Map;
import java.util.concurrent.Callable;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;

/** The configuration of a cache whose loader loads single keys, whichever they are, by a call of the test. */
final class ReadingThrough {
    private ReadingThrough() {}

    static MutableConfiguration<String, String> calling(Callable<String> load) {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                try {
                    return load.call();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new AssertionError();
            }
        };
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }
}
