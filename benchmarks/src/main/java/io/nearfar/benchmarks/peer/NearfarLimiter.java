package io.nearfar.benchmarks.peer;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** Nearfar's limiter under one limit, or several as one decision. */
final class NearfarLimiter implements LimiterDriver {
    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration WINDOW = Duration.ofMillis(WINDOW_MILLIS);
    private static final Limit USER = new Limit("user", PERMITS, WINDOW);
    private static final Limit TIER = new Limit("tier", PERMITS, WINDOW);
    private static final Limit LEASED = new Limit("leased", 1_000_000_000_000L, Duration.ofHours(1)).leased();
    private static final Limit ALL = new Limit("all", PERMITS, WINDOW);

    private final CacheManager manager;
    private final RateLimiter limiter;
    private final Function<String, List<Quota>> quotas;

    private NearfarLimiter(CacheManager manager, Function<String, List<Quota>> quotas) {
        this.manager = manager;
        this.limiter = manager.unwrap(RateLimiter.class);
        this.quotas = quotas;
    }

    static LimiterDriver ofOneLimit(String address) {
        return open(address, "one", key -> List.of(USER.of(key)));
    }

    /** A limit of its own: none is leased whose window is as short as the others', and a node would have used up theirs at once. */
    static LimiterDriver ofLeasedLimit(String address) {
        return open(address, "leased", key -> List.of(LEASED.of(key)));
    }

    static LimiterDriver ofThreeLimits(String address) {
        return open(address, "three", key -> List.of(USER.of(key), TIER.of("free"), ALL.forAll()));
    }

    private static LimiterDriver open(String address, String name, Function<String, List<Quota>> quotas) {
        Properties properties = new Properties();
        // A benchmark on a busy machine measures slowness and wants no outage
        properties.setProperty("nearfar.limit.deadline", "5s");
        NearfarLimiter opened = new NearfarLimiter(manager(address, "limits-" + name, properties), quotas);
        opened.awaitServer();
        return opened;
    }

    /** Opens a manager whose limits are counted there, or in the process if the address is empty. */
    static CacheManager manager(String address, String name, Properties properties) {
        properties.setProperty("nearfar.prefix", "benchmark-" + name);
        if (!address.isEmpty()) {
            properties.setProperty("nearfar.address", address);
        }
        CachingProvider provider = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider");
        return provider.getCacheManager(URI.create("benchmark:" + name), null, properties);
    }

    private void awaitServer() {
        long begun = System.nanoTime();
        while (limiter.decide(USER.of("reach")).basis() != Decision.Basis.COUNTED) {
            if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                throw new IllegalStateException("No limit is counted after a minute; is the server there?");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public boolean admits(String key) {
        Decision decision = limiter.decide(quotas.apply(key), 1);
        return decision.admitted()
                && (decision.basis() == Decision.Basis.COUNTED || decision.basis() == Decision.Basis.LEASED);
    }

    @Override
    public void close() {
        manager.close();
    }
}
