package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarEntry;
import io.nearfar.ReadableKey;
import io.nearfar.config.Mode;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long entries live by their keys, as Redis has it: whichever operation wrote them. */
@Timeout(120)
class TimeToLiveRulesTest {
    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(30);
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
        Envelope envelope = envelope(key);
        return envelope.expires() == Entry.NEVER
                ? 0
                : TimeUnit.MICROSECONDS.toMinutes(envelope.expires() - envelope.created());
    }

    private Envelope envelope(String key) {
        return Envelope.read((byte[]) redis.call("GET", NAMES.entryKey("cities", key)));
    }

    /** What other nodes have near stays as it is; what is written from then on lives as is said now. */
    @Test
    void changeOfASystemProperty_holdsForLaterWrites_whileTheCacheIsOpen() {
        String key = "nearfar.cache.cities.ttl";
        System.setProperty(key, "2h");
        try (Application application = node(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("before", "v");
            assertThat(minutes("before")).isEqualTo(120);
            System.setProperty(key, "30m");
            System.setProperty(RULES, "*:24h medium");
            await().atMost(SOON).until(() -> {
                cache.put("k", "v");
                return minutes("k") == 30;
            });
            cache.putAll(Map.of("a:24h", "v", "l", "v"));
            assertThat(minutes("a:24h")).isEqualTo(15);
            assertThat(minutes("l")).isEqualTo(30);
            assertThat(minutes("before")).isEqualTo(120);
            assertThat(cache.settings().timeToLive()).isEqualTo(java.time.Duration.ofMinutes(30));
            assertThat(cache.settings().setting("ttl.rules").orElseThrow().value())
                    .isEqualTo("*:24h medium");
        } finally {
            System.clearProperty(key);
            System.clearProperty(RULES);
        }
    }

    /** A key in whose midst something happens, when it is read by the cache. */
    record Trigger(String name) implements ReadableKey, Serializable {
        private static Runnable onRead = () -> {};

        @Override
        public List<Object> keyParts() {
            onRead.run();
            return List.of(name);
        }
    }

    @Test
    void changeInTheMidstOfAPutAll_losesNoEntry() {
        String key = "nearfar.cache.cities.ttl";
        try (Application application = Application.in(Mode.NEAR, "nearfar.cache.cities.namespaces", "user:")) {
            NearfarCache<Trigger, String> cache =
                    application.cache(new MutableConfiguration<Trigger, String>().setExpiryPolicyFactory(Asked::new));
            System.setProperty(key, "2h");
            await().atMost(SOON).until(() -> cache.settings().timeToLive() != null);
            Trigger.onRead = () -> {
                System.clearProperty(key);
                await().atMost(SOON).until(() -> cache.settings().timeToLive() == null);
            };
            Map<Trigger, String> all = new LinkedHashMap<>();
            List.of("a", "b", "c").forEach(name -> all.put(new Trigger(name), "v"));
            cache.putAll(all);
            assertThat(cache.getAll(all.keySet())).isEqualTo(all);
        } finally {
            Trigger.onRead = () -> {};
            System.clearProperty(key);
        }
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
            assertThat(envelope("all:24h").attributes()).isEqualTo(Attributes.NONE);
        }
    }

    /** Options that say nothing of a life leave that to the rule; those that do come before it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void options_sayBeforeTheRule_butOnlyWhatTheySay(Mode mode) throws Exception {
        EntryOptions tags = EntryOptions.NONE.withTags("red");
        EntryOptions life = tags.withTimeToLive(java.time.Duration.ofMinutes(2));
        try (Application application = node(mode, RULES, "*:24h 5m")) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 3))));
            for (EntryOptions options : List.of(tags, life)) {
                String key = (options == tags ? "tags" : "life") + "-%s:24h";
                cache.put(key.formatted("put"), "v", options);
                cache.put(key.formatted("reload"), "v");
                cache.getOrLoad(key.formatted("load"), context -> loaded(context, options));
                cache.reload(key.formatted("reload"), context -> loaded(context, options));
                cache.invoke(key.formatted("invoke"), (entry, arguments) -> {
                    entry.unwrap(NearfarEntry.class).setValue("v", options);
                    return null;
                });
                for (String operation : List.of("put", "load", "reload", "invoke")) {
                    String written = key.formatted(operation);
                    assertThat(minutes(written)).as(written).isEqualTo(options == tags ? 5 : 2);
                    assertThat(envelope(written).attributes().tags()).containsExactly("red");
                }
            }
            cache.put("k", "v", tags);
            assertThat(minutes("k")).as("as the policy says").isEqualTo(3);
        }
    }

    private static String loaded(LoadContext context, EntryOptions options) {
        context.setOptions(options);
        return "loaded";
    }

    /** What an option gave, an access takes back, but for keys of a rule, which accesses leave alone. */
    @Test
    void optionOfAKeyOfARule_outlivesAccesses() {
        EntryOptions life = EntryOptions.NONE.withTimeToLive(java.time.Duration.ofMinutes(7));
        try (Application application = node(Mode.FAR, RULES, "*:24h long")) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 3))));
            cache.put("k:24h", "v", life);
            cache.put("k", "v", life);
            cache.get("k:24h");
            cache.get("k");
            await().atMost(SOON).until(() -> minutes("k") == 3);
            assertThat(minutes("k:24h")).isEqualTo(7);
        }
    }

    /** A policy of the application's own, that counts how often it is asked. */
    private static final class Asked implements ExpiryPolicy {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public Duration getExpiryForCreation() {
            times.incrementAndGet();
            return new Duration(TimeUnit.MINUTES, 3);
        }

        @Override
        public Duration getExpiryForAccess() {
            times.incrementAndGet();
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            times.incrementAndGet();
            return new Duration(TimeUnit.MINUTES, 4);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void policyOfTheApplication_isNotAskedForKeysOfARule(Mode mode) {
        Asked policy = new Asked();
        try (Application application = node(mode, RULES, "*:24h 5m")) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setExpiryPolicyFactory(() -> policy));
            cache.put("k:24h", "v");
            cache.putAll(Map.of("k:24h", "w", "l:24h", "v"));
            cache.get("k:24h");
            cache.getAndReplace("l:24h", "w");
            assertThat(policy.times).hasValue(0);
            cache.putAll(Map.of("k:24h", "x", "k", "v"));
            cache.put("k", "w");
            assertThat(minutes("k:24h")).isEqualTo(5);
            assertThat(minutes("k")).isEqualTo(4);
            assertThat(policy.times).hasValue(2);
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

    /** Whoever decides: a rule, a time-to-live, a policy. An option says what it says. */
    @Test
    void jitter_letsEntriesThatWereWrittenTogetherEndApart() {
        String ttl = "nearfar.cache.cities.ttl";
        try (Application application = node(Mode.FAR, RULES, "*:24h 1h", ttl, "2h", ttl + ".jitter", "50%")) {
            NearfarCache<String, String> cache = application.cache();
            Map<String, String> many = new HashMap<>();
            IntStream.range(0, 40).forEach(i -> many.put(i + (i % 2 == 0 ? ":24h" : ""), "v"));
            cache.putAll(many);
            many.keySet()
                    .forEach(key -> assertThat(minutes(key))
                            .isBetween(key.endsWith("h") ? 30L : 60L, key.endsWith("h") ? 60L : 120L));
            assertThat(many.keySet().stream().map(this::minutes))
                    .satisfies(lives -> assertThat(Set.copyOf(lives)).hasSizeGreaterThan(10));
            cache.put("k", "v", EntryOptions.NONE.withTimeToLive(java.time.Duration.ofMinutes(7)));
            assertThat(minutes("k")).isEqualTo(7);
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

    /** A key whose own text is none, and which far keys show by a fingerprint alone. */
    private record Opaque(int number) implements Serializable {
        @Override
        public String toString() {
            return null;
        }
    }

    /** A rule looks at a key, and does nothing to it: what can be put without rules can be put with them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysThatShowNoText_followNoRule(boolean byValue) {
        try (Application application = Application.in(Mode.NEAR, RULES, "* 1ms")) {
            NearfarCache<Object, String> cache = application.cache(new MutableConfiguration<Object, String>()
                    .setStoreByValue(byValue)
                    .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))));
            cache.put(new Opaque(1), "v");
            cache.put("k", "v");
            await().atMost(SOON).until(() -> !cache.containsKey("k"));
            assertThat(cache.get(new Opaque(1))).isEqualTo("v");
        }
    }

    @Test
    void cacheThatStoresByReference_knowsKeysAsOthersDo() {
        try (Application application = Application.in(Mode.NEAR, RULES, "*:gone 1ms, ~i:4* 1ms, ~(si):a:* 1ms")) {
            NearfarCache<Object, Object> cache = application.cache(new MutableConfiguration<>().setStoreByValue(false));
            ReadableKey parts = () -> List.of("a", 1);
            for (Object key : List.of("k", "k:gone", 42, 52, parts)) {
                cache.put(key, "v");
            }
            await().atMost(SOON)
                    .until(() -> !cache.containsKey("k:gone") && !cache.containsKey(42) && !cache.containsKey(parts));
            assertThat(cache.containsKey("k")).isTrue();
            assertThat(cache.containsKey(52)).isTrue();
        }
    }
}
