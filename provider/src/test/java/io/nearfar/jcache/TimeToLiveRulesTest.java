package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long entries live by their keys, as Redis has it: whichever operation wrote them. */
@Timeout(120)
class TimeToLiveRulesTest {
    private static final String PREFIX = "rules";
    private static final Keyspace NAMES = new Keyspace(PREFIX);
    private static final String RULES = "nearfar.cache.cities.ttl.rules";

    private final RealRedis redis = RealRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    private Application node(Mode mode, String... further) {
        List<String> settings =
                new ArrayList<>(List.of("nearfar.address", "redis://" + redis.host(), "nearfar.prefix", PREFIX));
        settings.addAll(List.of(further));
        return Application.in(mode, settings.toArray(String[]::new));
    }

    /** How long an entry lives from its creation on, in minutes; 0: for ever. */
    private long minutes(String key) {
        Envelope envelope = Envelope.read((byte[]) redis.call("GET", NAMES.entryKey("cities", key)));
        return envelope.expires() == Entry.NEVER
                ? 0
                : TimeUnit.MICROSECONDS.toMinutes(envelope.expires() - envelope.created());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void everyWrite_livesAsTheFirstRuleSays(Mode mode) throws Exception {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return "loaded";
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new UnsupportedOperationException("not asked for here");
            }
        };
        try (Application application = node(mode, RULES, "*:24h 5m, vip:* long, *:1y daily")) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> loader)
                    .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 3))));
            cache.put("put:24h", "v");
            cache.putAll(Map.of("all:24h", "v", "vip:all", "v", "all", "v"));
            cache.putIfAbsent("absent:1y", "v");
            cache.invoke("vip:invoked:1y", (entry, arguments) -> {
                entry.setValue("v");
                return null;
            });
            cache.getOrLoad("loaded:24h", () -> "v");
            assertThat(cache.get("through:1y")).isEqualTo("loaded");
            cache.put("replaced:24h", "v");
            cache.replace("replaced:24h", "v", "w");
            cache.put("24h", "v");
            assertThat(minutes("put:24h")).isEqualTo(5);
            assertThat(minutes("all:24h")).isEqualTo(5);
            assertThat(minutes("vip:all")).isEqualTo(60);
            assertThat(minutes("all")).as("as the policy says").isEqualTo(3);
            assertThat(minutes("absent:1y")).isEqualTo(24 * 60);
            assertThat(minutes("vip:invoked:1y")).as("the first that matches").isEqualTo(60);
            assertThat(minutes("loaded:24h")).isEqualTo(5);
            assertThat(minutes("through:1y")).isEqualTo(24 * 60);
            assertThat(minutes("replaced:24h")).isEqualTo(5);
            assertThat(minutes("24h")).isEqualTo(3);
        }
    }

    @Test
    void ttlOfTheSamePlace_holdsForTheOtherKeys() {
        try (Application application = node(Mode.TIERED, RULES, "*:24h short", "nearfar.cache.cities.ttl", "medium")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k:24h", "v");
            cache.put("k", "v");
            assertThat(minutes("k:24h")).isEqualTo(5);
            assertThat(minutes("k")).isEqualTo(15);
        }
    }

    /** An access would have the entry live as long as the policy says. */
    @Test
    void policyThatCountsFromTheLastAccess_leavesKeysOfARuleAlone() {
        try (Application application = node(Mode.FAR, RULES, "*:24h long")) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 3))));
            cache.put("k:24h", "v");
            cache.put("k", "v");
            cache.get("k:24h");
            cache.get("k");
            assertThat(minutes("k:24h")).isEqualTo(60);
            assertThat(minutes("k")).isEqualTo(3);
        }
    }

    @Test
    void keysThatAreNoTexts_areKnownAsFarKeysShowThem() {
        try (Application application = node(Mode.FAR, RULES, "~i:4* short, ~[si]:*:24 long")) {
            NearfarCache<Object, String> cache = application.cache();
            cache.put(42, "v");
            cache.put(List.of("a", 24), "v");
            assertThat(minutes("~i:42")).isEqualTo(5);
            assertThat(minutes("~[si]:a:24")).isEqualTo(60);
        }
    }

    @Test
    void cacheThatStoresByReference_hasRulesToo() {
        try (Application application = Application.in(Mode.NEAR, RULES, "*:gone 1ms")) {
            NearfarCache<String, Object> cache =
                    application.cache(new MutableConfiguration<String, Object>().setStoreByValue(false));
            cache.put("k", "v");
            cache.put("k:gone", "v");
            while (cache.containsKey("k:gone")) {
                Thread.onSpinWait();
            }
            assertThat(cache.containsKey("k")).isTrue();
        }
    }
}
