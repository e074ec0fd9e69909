package io.nearfar.packaged.beside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.nearfar.packaged.NearfarByName;
import io.nearfar.testing.RealRedis;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** An application's Redisson registers a provider of its own; Nearfar is then asked for by name, and both work. */
class BesideAnotherProviderTest {
    @Test
    void getCachingProvider_withoutAName_isAmbiguous() {
        assertThatThrownBy(Caching::getCachingProvider).isInstanceOf(CacheException.class);
    }

    @Test
    void nearfar_byName_sharesAServerWithTheApplicationsOwnClient() throws Exception {
        try (RealRedis redis = RealRedis.start();
                CachingProvider provider = Caching.getCachingProvider(NearfarByName.CLASS)) {
            RedissonClient client = Redisson.create(configFor(redis));
            try (CacheManager manager = managerOf(provider, redis)) {
                Cache<String, String> cache = manager.createCache("greetings", new MutableConfiguration<>());
                cache.put("en", "hello");
                assertThat(client.getKeys().count())
                        .as("keys that Nearfar left far")
                        .isPositive();
                client.getBucket("own", StringCodec.INSTANCE).set(cache.get("en"));
                var own = Caffeine.newBuilder()
                        .build(name -> client.getBucket((String) name, StringCodec.INSTANCE)
                                .get());
                assertThat(own.get("own")).isEqualTo("hello");
            } finally {
                client.shutdown();
            }
        }
    }

    private static CacheManager managerOf(CachingProvider provider, RealRedis redis) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", redis.address());
        settings.setProperty("nearfar.deadline", "9s"); // a busy machine is no outage
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), settings);
    }

    private static Config configFor(RealRedis redis) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(redis.address())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        return config;
    }
}
