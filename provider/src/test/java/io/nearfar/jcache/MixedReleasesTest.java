package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two releases of Nearfar side by side: what an older node does with a newer one's formats. */
@Timeout(180)
class MixedReleasesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PREFIX = "mixed-releases";
    private static final Keyspace NAMES = new Keyspace(PREFIX);
    private static final int PARTITION = NAMES.partition("cities", "k");
    private static final byte NEWER = 2;

    private final RealRedis redis = RealRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    /** Near entries that nothing but a message or a clear brings to an end. */
    private Application node(Mode mode) {
        return Application.in(
                mode,
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.prefix",
                PREFIX,
                "nearfar.near.ttl",
                "1h",
                "nearfar.near.lease",
                "1h",
                "nearfar.beat",
                "30m");
    }

    private byte[] entry(String key) {
        return (byte[]) redis.call("GET", NAMES.entryKey("cities", key));
    }

    /** Puts in the place of an entry what a later write would have put there, and tells nobody. */
    private void replace(String key, byte[] value) {
        Envelope old = Envelope.read(entry(key));
        Version later = new Version(old.version().stamp() + 1, old.version().nonce());
        Envelope young = new Envelope(false, later, old.created(), old.expires(), null, value);
        redis.call("SET", NAMES.entryKey("cities", key), young.bytes());
    }

    private static String inPartitionOfK(String besides) {
        return IntStream.range(0, 100_000)
                .mapToObj(i -> besides + i)
                .filter(text -> NAMES.partition("cities", text) == PARTITION)
                .findFirst()
                .orElseThrow();
    }

    /** Nobody can tell which key it names. */
    @Test
    void messageOfAnUnknownFormat_letsThePartitionGoFar() {
        try (Application node = node(Mode.TIERED)) {
            NearfarCache<String, String> cache = node.cache();
            cache.put("k", "old");
            cache.put("l", "new");
            assertThat(cache.get("k")).isEqualTo("old");
            replace("k", Envelope.read(entry("l")).value());
            assertThat(cache.get("k")).as("near, for nothing was heard").isEqualTo("old");
            byte[] message = "?? of a newer release".getBytes(StandardCharsets.US_ASCII);
            message[0] = NEWER;
            redis.call("PUBLISH", NAMES.channel(PARTITION), message);
            await().atMost(SOON).until(() -> "new".equals(cache.get("k")));
        }
    }

    @Test
    void metaOfAnUnknownFormat_clearsThePartitionOnAllNodes() {
        try (Application one = node(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.put("k", "old");
            assertThat(there.get("k")).isEqualTo("old");
            String sibling = inPartitionOfK("sibling");
            here.put(sibling, "old");
            byte[] meta = new byte[25];
            meta[0] = NEWER;
            redis.call("SET", NAMES.metaKey("cities", PARTITION), meta);
            assertThat(there.get(sibling)).as("read far").isNull();
            await().atMost(SOON).until(() -> here.get("k") == null && there.get("k") == null);
            there.put("k", "new");
            await().atMost(SOON).until(() -> "new".equals(here.get("k")));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void writeOverAMetaOfAnUnknownFormat_counts(Mode mode) {
        try (Application node = node(mode)) {
            NearfarCache<String, String> cache = node.cache();
            String sibling = inPartitionOfK("sibling");
            cache.put(sibling, "old");
            byte[] meta = new byte[40];
            meta[0] = NEWER;
            redis.call("SET", NAMES.metaKey("cities", PARTITION), meta);
            assertThat(cache.putIfAbsent("k", "new")).isTrue();
            assertThat(cache.get("k")).isEqualTo("new");
            await().atMost(SOON).until(() -> cache.get(sibling) == null);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void entryOfAnUnknownFormat_isAMissUntilItIsWritten(Mode mode) {
        try (Application one = node(mode);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.put("k", "old");
            byte[] newer = entry("k");
            newer[0] = NEWER;
            redis.call("SET", NAMES.entryKey("cities", "k"), newer);
            assertThat(there.get("k")).isNull();
            assertThat(there.containsKey("k")).isFalse();
            assertThat(there).isEmpty();
            assertThat(there.replace("k", "x")).isFalse();
            assertThat(there.putIfAbsent("k", "new")).isTrue();
            await().atMost(SOON).until(() -> "new".equals(here.get("k")));
        }
    }

    /** A flag that this release does not know may change what the bytes mean. */
    @Test
    void entryWithAnUnknownFlag_isAMiss() {
        try (Application one = node(Mode.FAR)) {
            NearfarCache<String, String> cache = one.cache();
            cache.put("k", "old");
            byte[] newer = entry("k");
            newer[1] |= 64;
            redis.call("SET", NAMES.entryKey("cities", "k"), newer);
            assertThat(cache.get("k")).isNull();
            cache.put("k", "new");
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }
}
