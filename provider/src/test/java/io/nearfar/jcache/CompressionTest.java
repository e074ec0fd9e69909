package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Compression;
import io.nearfar.config.Mode;
import io.nearfar.entry.Envelope;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed entries are smaller in Redis, and to callers the same as others. */
@Timeout(180)
class CompressionTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PREFIX = "compressed";
    private static final Keyspace KEYSPACE = new Keyspace(PREFIX);
    private static RealRedis redis;

    private static final String TEXT = "{\"city\":\"Lisboa\",\"country\":\"PT\"},".repeat(500);
    private static final String OTHER = "{\"city\":\"Porto\",\"country\":\"PT\"},".repeat(500);

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Application application(Compression method, String... further) {
        Stream<String> base = Stream.of(
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.prefix",
                PREFIX,
                "nearfar.cache.cities.compression",
                method.name().toLowerCase(Locale.ROOT));
        return Application.in(Mode.FAR, Stream.concat(base, Stream.of(further)).toArray(String[]::new));
    }

    private static byte[] stored(String key) {
        return (byte[]) redis.call("GET", KEYSPACE.entryKey("cities", key));
    }

    private static void assertCompressed(String key, Compression method) {
        Envelope envelope = Envelope.read(stored(key));
        assertThat(envelope.compression()).isEqualTo(method);
        if (method != Compression.NONE) {
            assertThat(stored(key).length).isLessThan(TEXT.length() / 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void entry_thatOneNodeCompresses_isReadByAnyOther(Compression method) {
        try (Application writing = application(method)) {
            NearfarCache<String, String> here = writing.cache();
            here.clear();
            here.put("k", TEXT);
            here.putAll(Map.of("one", TEXT, "two", OTHER));
            for (String key : Set.of("k", "one", "two")) {
                assertCompressed(key, method);
            }
            for (Compression otherMethod : Compression.values()) {
                try (Application reading = application(otherMethod)) {
                    assertHolds(reading.cache());
                }
            }
        }
    }

    private static void assertHolds(NearfarCache<String, String> there) {
        assertThat(there.get("k")).isEqualTo(TEXT);
        assertThat(there.getAll(Set.of("k", "one", "two"))).isEqualTo(Map.of("k", TEXT, "one", TEXT, "two", OTHER));
        Map<String, String> seen = new HashMap<>();
        there.forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
        assertThat(seen).isEqualTo(Map.of("k", TEXT, "one", TEXT, "two", OTHER));
    }

    @ParameterizedTest
    @EnumSource
    void conditionalOperations_compareWhatIsInACompressedEntry(Compression method) {
        try (Application one = application(method);
                Application two = application(Compression.NONE)) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = two.cache();
            here.clear();
            assertThat(here.putIfAbsent("k", TEXT)).isTrue();
            assertThat(there.putIfAbsent("k", OTHER)).isFalse();
            assertThat(there.replace("k", OTHER, TEXT)).isFalse();
            assertThat(here.replace("k", TEXT, OTHER)).isTrue();
            assertCompressed("k", method);
            assertThat(there.replace("k", OTHER, TEXT)).isTrue();
            assertCompressed("k", Compression.NONE);
            assertThat(here.getAndReplace("k", OTHER)).isEqualTo(TEXT);
            assertThat(there.getAndPut("k", TEXT)).isEqualTo(OTHER);
            String longer = here.invoke("k", (entry, nothing) -> {
                entry.setValue(entry.getValue() + "!");
                return entry.getValue();
            });
            assertThat(longer).isEqualTo(TEXT + "!");
            assertCompressed("k", method);
            assertThat(there.remove("k", TEXT)).isFalse();
            assertThat(there.remove("k", TEXT + "!")).isTrue();
            assertThat(here.containsKey("k")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void compressedEntry_expiresLikeAnyOther(Compression method) {
        try (Application application = application(method)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                            new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 300))));
            cache.put("k", TEXT);
            assertThat((Long) redis.call("PTTL", KEYSPACE.entryKey("cities", "k")))
                    .as("-1 is never, -2 gone")
                    .isLessThanOrEqualTo(300L)
                    .isNotEqualTo(-1L);
            await().atMost(SOON).until(() -> cache.get("k") == null);
        }
    }

    /** A touch changes the script's part of the entry in place, which the checksum leaves out. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void compressedEntry_thatIsRead_livesOn(Compression method) {
        try (Application application = application(method)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(
                            TouchedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1))));
            cache.put("k", TEXT);
            redis.call("PEXPIRE", KEYSPACE.entryKey("cities", "k"), 20_000);
            assertThat(cache.get("k")).isEqualTo(TEXT);
            await().atMost(SOON).until(() -> (Long) redis.call("PTTL", KEYSPACE.entryKey("cities", "k")) > 20_000);
            assertThat(cache.get("k")).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void value_thatDoesNotBecomeSmaller_isStoredAsItIs(Compression method) {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        try (Application application = application(method)) {
            NearfarCache<String, byte[]> cache = application.cache();
            cache.put("noise", noise);
            assertCompressed("noise", Compression.NONE);
            assertThat(cache.get("noise")).isEqualTo(noise);
        }
    }

    /** Above a megabyte values go in pieces; what counts is what is left of them. */
    @ParameterizedTest
    @EnumSource
    void largeValue_isReadAsItWasWritten(Compression method) {
        byte[] large = new byte[7_000_000];
        new Random(2).nextBytes(large);
        Arrays.fill(large, 0, 3_500_000, (byte) 7);
        try (Application one = application(method);
                Application two = application(Compression.NONE)) {
            NearfarCache<String, byte[]> here = one.cache();
            NearfarCache<String, byte[]> there = two.cache();
            here.put("large", large);
            here.putAll(Map.of("large2", large));
            assertThat(Envelope.read(stored("large")).compression()).isEqualTo(method);
            assertThat(there.get("large")).isEqualTo(large);
            assertThat(there.get("large2")).isEqualTo(large);
        }
    }

    /** The limit is that of the value, not of what is stored. */
    @Test
    void valueLimit_countsTheValueBeforeCompression() {
        try (Application small = application(Compression.DEFLATE, "nearfar.cache.cities.value-limit", "10kB");
                Application large = application(Compression.DEFLATE)) {
            NearfarCache<String, byte[]> here = small.cache();
            NearfarCache<String, byte[]> there = large.cache();
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> here.put("k", new byte[20_000]))
                    .withMessageContaining("value-limit");
            there.put("k", new byte[20_000]);
            assertThat(stored("k").length).isLessThan(1_000);
            assertThat(here.get("k")).isNull();
            assertThat(there.get("k")).hasSize(20_000);
        }
    }
}
