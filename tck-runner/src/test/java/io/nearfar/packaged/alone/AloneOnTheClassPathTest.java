package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.packaged.NearfarByName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
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

    /** Java serialization would refuse it, and JSON needs a library. */
    @Test
    void kryo_ofTheJar_copiesWhatIsNotSerializable() {
        Properties settings = new Properties();
        settings.setProperty("nearfar.codec", "kryo");
        try (CachingProvider provider = Caching.getCachingProvider();
                CacheManager manager =
                        provider.getCacheManager(URI.create("towns"), getClass().getClassLoader(), settings)) {
            Cache<String, Town> cache = manager.createCache(
                    "towns", new MutableConfiguration<String, Town>().setTypes(String.class, Town.class));
            Town town = new Town("Lisboa", List.of("Lisbon"));
            cache.put("lis", town);
            assertThat(cache.get("lis"))
                    .isNotSameAs(town)
                    .usingRecursiveComparison()
                    .isEqualTo(town);
        }
    }

    /** Not Serializable, and open to change. */
    private static final class Town {
        private final String name;
        private final List<String> names;

        Town(String name, List<String> names) {
            this.name = name;
            this.names = new ArrayList<>(names);
        }
    }
}
