package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.HttpSettings;
import io.nearfar.RateLimiter;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.TestSettings;
import io.nearfar.near.LocalStore;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.Application;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import io.nearfar.tier.TieredCache;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front desk over a near tier that is behind: no answer rests on it, and nobody pays when it is not behind. */
class StaleNearTest {
    private final CacheSignals signals = new CacheSignals("cities");
    private final TextFormat values = new TextFormat();
    private final StaleNearStore<String, String> store = new StaleNearStore<>(new LocalStore<>(
            TestSettings.limitedTo(1_000), key -> key, TextKeys::matching, nanos -> nanos / 1_000, signals));
    private final Application application = Application.in(Mode.NEAR);
    private final NearfarCacheManager manager = new NearfarCacheManager(
            application.provider(),
            URI.create("nearfar:stale"),
            getClass().getClassLoader(),
            new Properties(),
            new Room(),
            closed -> {});

    /** Gives every cache the one store. */
    private final class Room implements Backroom {
        @Override
        @SuppressWarnings("unchecked") // the tests below keep to strings
        public <K, V> Opened<K, V> open(CacheRequest<K, V> request) {
            TieredCache<String, String> tiers = new TieredCache<>(
                    store, null, null, null, null, () -> 0, () -> -1, key -> null, terms -> {}, () -> {});
            return (Opened<K, V>) new Opened<>(
                    new ConfiguredCache(TestSettings.limitedTo(1_000), null),
                    tiers,
                    values,
                    key -> key,
                    LoadLimit.NONE,
                    signals,
                    null,
                    String::valueOf,
                    String::valueOf,
                    () -> new ConfiguredCache(TestSettings.limitedTo(1_000), null),
                    version -> {
                        throw new IllegalStateException("one version is enough here");
                    });
        }

        @Override
        public void connect() {
            // there is nowhere to connect to
        }

        @Override
        public HttpSettings http() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RateLimiter limiter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // nothing is shared
        }
    }

    @AfterEach
    void close() {
        manager.close();
        application.close();
    }

    private Cache<String, String> cache(boolean asked) {
        MutableConfiguration<String, String> configuration = new MutableConfiguration<>();
        ExpiryPolicy policy = new ManyThreadsTest.Asked();
        return manager.createCache(
                "cities", asked ? configuration.setExpiryPolicyFactory(() -> policy) : configuration);
    }

    private void elsewhere(String key, String value) {
        Lifetime eternal = Lifetime.of(Lifetime.ETERNAL);
        store.apply(
                key,
                value == null
                        ? Change.removal(Condition.ALWAYS, false)
                        : Change.write(values.keep(value), Condition.ALWAYS, eternal, false));
    }

    /** The near tier shows {@code near}, the deciding tier holds {@code there}; null stands for no entry. */
    private void behind(String near, String there) {
        elsewhere("k", near);
        store.freeze("k");
        elsewhere("k", there);
        store.authorityReads = 0;
        store.changes = 0;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void conditionalOperation_answersByWhatIsThere(boolean asked) {
        Cache<String, String> cache = cache(asked);
        behind("old", "new");
        assertThat(cache.replace("k", "old", "x")).isFalse();
        behind("old", "new");
        assertThat(cache.replace("k", "new", "x")).isTrue();
        behind("old", "new");
        assertThat(cache.remove("k", "new")).isTrue();
        behind("old", null);
        assertThat(cache.replace("k", "x")).isFalse();
        behind(null, "new");
        assertThat(cache.replace("k", "x")).isTrue();
        behind(null, "new");
        assertThat(cache.putIfAbsent("k", "x")).isFalse();
        behind("old", null);
        assertThat(cache.putIfAbsent("k", "x")).isTrue();
        behind("old", "new");
        assertThat(cache.getAndPut("k", "x")).isEqualTo("new");
        behind(null, "new");
        assertThat(cache.getAndReplace("k", "x")).isEqualTo("new");
        behind("old", null);
        assertThat(cache.getAndReplace("k", "x")).isNull();
        behind("old", "new");
        assertThat(cache.getAndRemove("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batch_writesOverWhatIsThere(boolean asked) {
        Cache<String, String> cache = cache(asked);
        behind("old", "new");
        cache.putAll(Map.of("k", "x"));
        behind(null, "new");
        cache.putAll(Map.of("k", "x"));
        behind("old", null);
        cache.putAll(Map.of("k", "x"));
        store.freeze("k");
        assertThat(cache.get("k")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void processor_runsAgainOnWhatIsThere(boolean asked) {
        Cache<String, String> cache = cache(asked);
        AtomicInteger runs = new AtomicInteger();
        behind("old", "new");
        String seen = cache.invoke("k", (entry, arguments) -> {
            runs.incrementAndGet();
            String value = entry.getValue();
            entry.setValue(value + "!");
            return value;
        });
        assertThat(seen).isEqualTo("new");
        assertThat(runs).hasValue(2);
        behind("old", "new");
        assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                .isEqualTo("new");
        behind("old", null);
        assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> {
                    boolean there = entry.exists();
                    entry.remove();
                    return there;
                }))
                .isFalse();
    }

    @Test
    void processorThatFailedOnWhatWasBehind_getsAnotherChance() {
        Cache<String, String> cache = cache(false);
        behind("old", "new");
        String answer = cache.invoke("k", (entry, arguments) -> {
            if (entry.getValue().equals("old")) {
                throw new IllegalStateException("cannot be");
            }
            return entry.getValue();
        });
        assertThat(answer).isEqualTo("new");
    }

    @Test
    void conditionalOperation_whenNobodyInterferes_isOneRoundTrip() {
        Cache<String, String> cache = cache(false);
        behind("same", "same");
        store.freeze("k");
        assertThat(cache.replace("k", "same", "x")).isTrue();
        assertThat(store.changes + store.authorityReads).isEqualTo(1);
        behind("same", "same");
        store.freeze("k");
        store.authorityReads = 0;
        cache.invoke("k", (entry, arguments) -> {
            entry.setValue("x");
            return null;
        });
        assertThat(store.changes + store.authorityReads).isEqualTo(1);
    }
}
