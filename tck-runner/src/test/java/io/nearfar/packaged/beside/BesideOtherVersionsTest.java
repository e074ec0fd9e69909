package io.nearfar.packaged.beside;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.nearfar.packaged.ProviderJar;
import io.nearfar.testing.RealRedis;
import java.security.CodeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** An application that brings its own, older Redisson, Netty and Caffeine keeps them. */
class BesideOtherVersionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.redisson.Redisson",
                "io.netty.channel.Channel",
                "com.github.benmanes.caffeine.cache.Caffeine",
                "com.esotericsoftware.kryo.Kryo"
            })
    void library_ofTheApplication_isAnotherThanOurs(String name) throws ClassNotFoundException {
        assertThat(sourceOf(name)).doesNotContain("nearfar");
        assertThat(sourceOf(ProviderJar.SHADED + name)).contains("nearfar-provider");
    }

    @Test
    void redissonAndCaffeine_ofTheApplication_workAsBefore() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            RedissonClient client = Redisson.create(configFor(redis));
            try {
                client.getBucket("greeting", StringCodec.INSTANCE).set("hello");
                assertThat(client.getBucket("greeting", StringCodec.INSTANCE).get())
                        .isEqualTo("hello");
            } finally {
                client.shutdown();
            }
        }
        assertThat(Caffeine.newBuilder().build(String::valueOf).get(1)).isEqualTo("1");
    }

    private static Config configFor(RealRedis redis) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(redis.address())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2);
        return config;
    }

    private static String sourceOf(String className) throws ClassNotFoundException {
        CodeSource source = Class.forName(className).getProtectionDomain().getCodeSource();
        return source.getLocation().getPath();
    }
}
