package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load finds in its place comes in pieces if it is large, be it alive or kept after its end. */
@Timeout(120)
class LargeLoadsTest {
    private static final String VALUE = "a".repeat(3_000_000);
    private static final long GRACE = 3_600_000;
    private static final long LEASE = 60_000;

    private final TextFormat format = new TextFormat();
    private final RealRedis redis = RealRedis.start();
    private final Keyspace keyspace = new Keyspace("large");
    private FarTier tier;
    private EntryStore<String, String> store;

    @BeforeEach
    void start() {
        tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "large")));
        store = tier.store(FarSetups.cache("c", FarSetups.DEADLINE), new TextKeys(), format);
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private void put(String value) {
        store.apply("k", Change.write(format.keep(value), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
    }

    private Version version() {
        return store.read("k", Freshness.AUTHORITY).version();
    }

    /** Puts one there whose time was over a millisecond ago. */
    private void putEnded(String value) {
        put("v");
        byte[] ended = ScriptBench.graced(version(), System.currentTimeMillis() * 1_000 - 1_000_000, GRACE, value);
        redis.call("SET", keyspace.entryKey("c", "k"), ended, "PX", GRACE);
        redis.call("CONFIG", "RESETSTAT");
    }

    private void assertReadInPieces() {
        Matcher matcher = Pattern.compile("cmdstat_getrange:calls=(\\d+)")
                .matcher(RespClient.text(redis.call("INFO", "commandstats")));
        assertThat(matcher.find()).isTrue();
        assertThat(Integer.parseInt(matcher.group(1))).isGreaterThan(VALUE.length() / Pieces.PIECE);
    }

    private static void assertWhole(Entry<String> entry) {
        assertThat(entry).isNotNull();
        assertThat(entry.value().get()).isEqualTo(VALUE);
    }

    @Test
    void liveEntry_isFound() {
        put(VALUE);
        redis.call("CONFIG", "RESETSTAT");
        Lease.Found<String> found = (Lease.Found<String>) store.lease("k", LEASE);
        assertWhole(found.entry());
        assertReadInPieces();
        assertThat(found.asked()).isGreaterThan(found.entry().version().stamp());
    }

    @Test
    void keptEntry_isHandedToWhoLoads() {
        putEnded(VALUE);
        Lease.Granted<String> granted = (Lease.Granted<String>) store.lease("k", LEASE);
        assertWhole(granted.kept());
        assertReadInPieces();
        assertThat(store.releaseFailed("k", granted, LEASE)).isTrue();
        redis.call("CONFIG", "RESETSTAT");
        Lease.Resting<String> resting = (Lease.Resting<String>) store.lease("k", LEASE);
        assertWhole(resting.kept());
        assertReadInPieces();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keptEntry_isReadAlsoWhereSomebodyLoads(boolean loading) {
        putEnded(VALUE);
        if (loading) {
            store.lease("k", LEASE);
            redis.call("CONFIG", "RESETSTAT");
        }
        assertWhole(store.kept("k"));
        assertReadInPieces();
    }

    /** Another program's: it counts as missing, and whoever asks may load. */
    @Test
    void largeGarbage_isLoadedOver() {
        put("v");
        byte[] garbage =
                Arrays.copyOf((byte[]) redis.call("GETRANGE", keyspace.entryKey("c", "k"), 0, 33), VALUE.length());
        redis.call("SET", keyspace.entryKey("c", "k"), garbage);
        assertThat(store.lease("k", LEASE)).isInstanceOf(Lease.Granted.class);
    }
}
