package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.codec.gadget.Gadgets;
import io.nearfar.entry.codec.shop.Order;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is put, and whatever lies in the far tier, by whomever: the caller is told, or told nothing wrong. */
@Timeout(180)
class BadInputTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PREFIX = "bad:input";
    private static final Keyspace KEYSPACE = new Keyspace(PREFIX);
    private static RealRedis redis;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Application application(Mode mode, String... further) {
        Stream<String> base = Stream.of("nearfar.address", "redis://" + redis.host(), "nearfar.prefix", PREFIX);
        return Application.in(mode, Stream.concat(base, Stream.of(further)).toArray(String[]::new));
    }

    private static Map<String, String> oddKeys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : new String[] {
            "",
            " ",
            "  a  b ",
            "\n",
            "a\r\nDEL x\r\n",
            "\0",
            "a\0b",
            "{",
            "}",
            "{}",
            "{a}b",
            "*",
            "?",
            "[a-z]",
            "\\",
            "^$",
            "%",
            "%25",
            "~",
            "~i:1",
            ":",
            "a:b:c",
            "'\"",
            "é",
            "e\u0301",
            "日本語",
            "\uD83D\uDE00",
            "\uD83D",
            "\u202E",
            "\uFFFF"
        }) {
            keys.put(key, "value of " + keys.size());
        }
        keys.put("k".repeat(1 << 20), "value of a long key");
        keys.put("k".repeat((1 << 20) - 1) + "é", "value of another");
        return keys;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void keys_ofAnyCharactersAndLength_areEachItsOwn(Mode mode) {
        Map<String, String> odd = oddKeys();
        try (Application application = mode == Mode.NEAR ? Application.in(mode) : application(mode)) {
            NearfarCache<String, String> cache = application.cache();
            odd.forEach(cache::put);
            assertHolds(cache, odd);
            if (mode != Mode.NEAR) {
                try (Application other = application.another()) {
                    assertHolds(other.cache(), odd);
                }
            }
            for (String key : odd.keySet()) {
                assertThat(cache.remove(key)).as("removed %.20s", key).isTrue();
                assertThat(cache.containsKey(key)).isFalse();
            }
            assertThat(cache.iterator().hasNext()).isFalse();
        }
    }

    private static void assertHolds(NearfarCache<String, String> cache, Map<String, String> odd) {
        odd.forEach((key, value) -> assertThat(cache.get(key)).as("%.20s", key).isEqualTo(value));
        assertThat(cache.getAll(odd.keySet())).isEqualTo(odd);
        assertThat(StreamSupport.stream(cache.spliterator(), false))
                .hasSize(odd.size())
                .allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo(odd.get(entry.getKey())));
    }

    @Test
    void valueAboveTheLimit_isRefusedByTheNameOfTheSetting() {
        try (Application application = application(Mode.TIERED)) {
            NearfarCache<String, byte[]> cache = application.cache();
            cache.put("k", new byte[7_900_000]);
            assertThatThrownBy(() -> cache.put("k", new byte[8_100_000]))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("cities", "nearfar.cache.cities.value-limit", "8000000");
            assertThat(cache.get("k")).hasSize(7_900_000);
        }
    }

    /**
     * A machine that touches so much memory for the first time may need many seconds for it, and one with much else to do
     * would take a connection that does not answer within a second for a dead one.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void valueOfFiftyMegabytes_worksWhereTheLimitIsRaised(Mode mode) {
        byte[] large = new byte[50_000_000];
        new Random(50).nextBytes(large);
        String[] raised = {
            "nearfar.cache.cities.value-limit",
            "51MB",
            "nearfar.deadline",
            "60s",
            "nearfar.load-lease",
            "2m",
            "nearfar.ping-interval",
            "2m"
        };
        try (Application one = application(mode, raised);
                Application other = application(mode, raised)) {
            NearfarCache<String, byte[]> here = one.cache();
            NearfarCache<String, byte[]> there = other.cache();
            here.put("k", large);
            assertThat(there.get("k")).isEqualTo(large);
            assertThat(there.getAndRemove("k")).isEqualTo(large);
            await().atMost(SOON).until(() -> here.get("k") == null);
        }
    }

    /** What a program that knows our format, or none, has left under a key of ours. */
    static Stream<Arguments> foreignBytes() {
        byte[] sound = Envelope.tail(null, new byte[] {1});
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("text", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Arguments.of("zeros", new byte[100]),
                Arguments.of("a format of before", framed((byte) 0, 38, sound)),
                Arguments.of("a format to come", framed((byte) 2, 38, sound)),
                Arguments.of("an unknown flag", framed((byte) 1, 38, sound, (byte) 64)),
                Arguments.of("no value at all", framed((byte) 1, 37, sound)),
                Arguments.of("a wrong checksum", framed((byte) 1, 39, new byte[5])),
                Arguments.of("Java's serialization", new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 't', 0, 1, 'x'}));
    }

    /** Returns an envelope of a write that is younger than any clear, cut to a length. */
    private static byte[] framed(byte format, int length, byte[] tail, byte... flags) {
        byte[] bytes = new byte[34 + tail.length];
        bytes[0] = format;
        bytes[1] = flags.length == 0 ? 0 : flags[0];
        bytes[2] = 0x7f;
        System.arraycopy(tail, 0, bytes, 34, tail.length);
        return Arrays.copyOf(bytes, length);
    }

    @ParameterizedTest
    @MethodSource("foreignBytes")
    void foreignBytes_areAMissUntilTheNextWrite(String what, byte[] bytes) {
        for (Mode mode : new Mode[] {Mode.TIERED, Mode.FAR}) {
            assertMissUntilTheNextWrite(mode, cache -> redis.call("SET", KEYSPACE.entryKey("cities", "k"), bytes));
        }
    }

    private interface Mischief {
        void at(NearfarCache<String, Object> cache);
    }

    private static void assertMissUntilTheNextWrite(Mode mode, Mischief mischief) {
        try (Application writing = application(mode);
                Application reading = application(mode)) {
            NearfarCache<String, Object> here = writing.cache();
            NearfarCache<String, Object> there = reading.cache(new MutableConfiguration<String, Object>());
            here.put("k", "sound");
            here.put("other", "sound");
            mischief.at(here);
            assertThat(there.get("k")).isNull();
            assertThat(there.containsKey("k")).isFalse();
            assertThat(there.getAll(Set.of("k", "other"))).containsOnlyKeys("other");
            assertThat(there.replace("k", "sound", "replaced")).isFalse();
            assertThat(there.<Boolean>invoke("k", (entry, arguments) -> entry.exists()))
                    .isFalse();
            assertThat(StreamSupport.stream(there.spliterator(), false)).hasSize(1);
            assertThat(there.putIfAbsent("k", "healed")).isTrue();
            assertThat(there.get("k")).isEqualTo("healed");
            there.clear();
        }
    }

    /** Their code must not run, whatever operation meets them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
    void gadget_isAMissAndDoesNotRun(int kind) {
        try (Application foolish = application(Mode.FAR, "nearfar.codec.trust", "all")) {
            NearfarCache<String, Object> cache = foolish.cache();
            for (Mode mode : new Mode[] {Mode.TIERED, Mode.FAR}) {
                Object gadget = Gadgets.all().get(kind);
                assertMissUntilTheNextWrite(mode, unused -> {
                    cache.put("k", gadget);
                    Gadgets.sprung = false;
                });
                assertThat(Gadgets.sprung).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void valueOfAnotherTypeThanDeclared_isAMiss(Mode mode) {
        MutableConfiguration<String, String> texts =
                new MutableConfiguration<String, String>().setTypes(String.class, String.class);
        for (Object foreign : new Object[] {5, new Order.Line("one"), new String[] {"x"}, Map.of("a", 1)}) {
            try (Application one = application(mode);
                    Application other = application(mode)) {
                NearfarCache<String, Object> here = one.cache();
                NearfarCache<String, String> there = other.cache(texts);
                here.put("k", foreign);
                assertThat(there.get("k")).isNull();
                assertThat(there.getAll(Set.of("k"))).isEmpty();
                assertThat(there.putIfAbsent("k", "text")).isTrue();
                assertThat(there.get("k")).isEqualTo("text");
                here.clear();
            }
        }
    }

    /** Writes are remembered or throw, by the policy; what makes room goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "closed"})
    void fullServer_takesRemovalsAndClears(String policy) {
        try (RealRedis full = RealRedis.start();
                Application application = Application.in(
                        Mode.TIERED, "nearfar.address", "redis://" + full.host(), "nearfar.outage", policy)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("a", "v");
            cache.put("b", "v");
            cache.put("c", "v");
            full.call("CONFIG", "SET", "maxmemory", 1);
            if (policy.equals("closed")) {
                assertThatThrownBy(() -> cache.put("a", "new"))
                        .isInstanceOf(FarTierUnavailableException.class)
                        .hasMessageContaining("OutOfMemory");
            } else {
                cache.put("a", "new");
            }
            assertThatThrownBy(() -> cache.putIfAbsent("none", "v"))
                    .isInstanceOf(FarTierUnavailableException.class)
                    .hasMessageContaining("OutOfMemory");
            assertThat(cache.get("b")).isEqualTo("v");
            assertThat(cache.remove("b")).isTrue();
            assertThat(cache.get("b")).isNull();
            cache.removeAll(Set.of("a"));
            assertThat(cache.get("a")).isNull();
            cache.clear();
            assertThat(cache.get("c")).isNull();
            full.call("CONFIG", "SET", "maxmemory", 0);
            cache.put("a", "again");
            assertThat(cache.get("a")).isEqualTo("again");
            assertThat(application.manager().isClosed()).isFalse();
        }
    }

    /** Whoever says that it may be waited for: a replica cannot be written to until it is made a master. */
    @Test
    void replicaAsAddress_isAnOutageUntilItIsAMaster() {
        try (RealRedis master = RealRedis.start();
                RealRedis replica = RealRedis.start("--replicaof", "127.0.0.1", String.valueOf(master.port()))) {
            await().atMost(SOON).until(replica::isReplicated);
            try (Application application = Application.in(
                    Mode.TIERED, "nearfar.address", "redis://" + replica.host(), "nearfar.start", "lenient")) {
                NearfarCache<String, String> cache = application.cache();
                cache.put("k", "remembered");
                assertThat(cache.get("k")).isEqualTo("remembered");
                assertThatThrownBy(() -> cache.putIfAbsent("none", "v"))
                        .isInstanceOf(FarTierUnavailableException.class);
                assertThat(cache.get("none")).isNull();
                replica.call("REPLICAOF", "NO", "ONE");
                await().atMost(SOON)
                        .ignoreException(FarTierUnavailableException.class)
                        .until(() -> cache.putIfAbsent("none", "v"));
                cache.put("k", "new");
                assertThat(cache.get("k")).isEqualTo("new");
            }
        }
    }
}
