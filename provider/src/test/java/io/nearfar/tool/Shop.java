package io.nearfar.tool;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** An application whose caches the tool looks at; its prefix is shop. */
final class Shop implements AutoCloseable {
    static final String PREFIX = "shop";

    private final Application application;

    Shop(RealRedis redis) {
        this(redis, PREFIX);
    }

    /** Opens one with further settings, given as key and value in turn. */
    Shop(RealRedis redis, String prefix, String... further) {
        String[] own = {"nearfar.address", redis.address(), "nearfar.prefix", prefix};
        application = Application.in(
                Mode.TIERED, Stream.of(own, further).flatMap(Stream::of).toArray(String[]::new));
    }

    /** Returns a cache whose entries live for an hour. */
    <K, V> NearfarCache<K, V> cache(String name) {
        return application.cache(
                name,
                new MutableConfiguration<K, V>()
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))));
    }

    /** Returns a cache whose entries live for ever. */
    <K, V> NearfarCache<K, V> eternal(String name) {
        return application.cache(name, new MutableConfiguration<>());
    }

    static EntryOptions tags(String... tags) {
        return EntryOptions.NONE.withTags(tags);
    }

    @Override
    public void close() {
        application.close();
    }
}
