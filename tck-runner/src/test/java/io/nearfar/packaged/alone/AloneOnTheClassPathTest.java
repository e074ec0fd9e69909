package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.packaged.NearfarByName;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/** The drop-in promise: with this one jar on the class path, plain JCache code gets Nearfar. */
class AloneOnTheClassPathTest {
    @Test
    void getCachingProvider_withNoOtherProvider_isNearfarFromTheJar() {
        CachingProvider provider = Caching.getCachingProvider();
        assertThat(provider.getClass().getName()).isEqualTo(NearfarByName.CLASS);
        assertThat(NearfarByName.jarOf(provider)).contains("nearfar-provider").endsWith(".jar");
        assertThat(Caching.getCachingProviders()).containsExactly(provider);
    }

    @Test
    void cache_withNothingConfigured_putsAndGets() {
        try (CachingProvider provider = Caching.getCachingProvider();
                CacheManager manager = provider.getCacheManager()) {
            Cache<String, String> cache = manager.createCache("greetings", new MutableConfiguration<>());
            cache.put("en", "hello");
            assertThat(cache.get("en")).isEqualTo("hello");
        }
    }
}
