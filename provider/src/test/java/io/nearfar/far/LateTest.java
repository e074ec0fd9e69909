package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import io.netty.util.internal.InternalThreadLocalMap;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that are held up on their way. */
@Timeout(120)
class LateTest {
    private static final Duration HASTE = Duration.ofMillis(600);
    private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ENTRY = new Keyspace("late").entryKey("c", "k");

    private final TextFormat format = new TextFormat();
    private RealRedis redis;
    private Relay relay;
    private FarTier tier;
    private EntryStore<String, String> store;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        relay = new Relay(redis.port());
        tier = FarSetups.open(FarSetups.far(FarSetups.address(relay.host()), "late"));
        store = tier.store(FarSetups.cache("c"), new TextKeys(), format);
        put("k", "v");
    }

    @AfterEach
    void stop() {
        tier.close();
        relay.close();
        redis.close();
    }

    private void put(String key, String text) {
        put(store, key, text);
    }

    private void put(EntryStore<String, String> into, String key, String text) {
        into.apply(key, Change.write(format.keep(text), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
    }

    private String stored() {
        byte[] bytes = (byte[]) redis.call("GET", ENTRY);
        return new String(io.nearfar.entry.Envelope.read(bytes).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * The connection breaks at once, what was sent on it arrives later: the writer is told only when it can no longer
     * take effect, so that what the writer does next is not undone.
     */
    @Test
    void write_onABrokenConnection_isGivenUpOnlyWhenItIsHarmless() {
        EntryStore<String, String> hasty = tier.store(FarSetups.cache("c", HASTE), new TextKeys(), format);
        relay.hold();
        CompletableFuture<Throwable> outcome =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> put(hasty, "k", "late")));
        await().atMost(SOON).until(() -> relay.holds(ENTRY));
        relay.cutClients();
        assertThat(outcome.join()).isInstanceOf(FarTierUnavailableException.class);
        relay.pass();
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> {
            put("other", "v");
            return true;
        });
        assertThat(stored()).isEqualTo("v");
    }

    /** A write that is only slow, within its deadline, takes effect and is reported so. */
    @Test
    void write_heldUpForLessThanItsDeadline_happens() {
        relay.hold();
        CompletableFuture<Void> outcome = CompletableFuture.runAsync(() -> put("k", "slow"));
        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> relay.holds(ENTRY));
        relay.pass();
        outcome.join();
        assertThat(stored()).isEqualTo("slow");
        assertThat(tier.breakerOpenings()).isZero();
    }

    /** A read whose answer does not come is asked again, and the answer to either will do. */
    @Test
    void read_onABrokenConnection_isSentAgain() {
        relay.hold();
        CompletableFuture<String> outcome = CompletableFuture.supplyAsync(
                () -> store.read("k", Freshness.AUTHORITY).value().get());
        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> relay.holds(ENTRY));
        relay.cutClients();
        relay.pass();
        assertThat(outcome.join()).isEqualTo("v");
        assertThat(tier.breakerOpenings()).isZero();
    }

    /** The server's clock was set forward: what was sent in time comes late by it, and is sent again at once. */
    @Test
    void write_afterTheServersClockWasSet_isSentAgain() {
        try (Link link = new Link(
                FarSetups.far(FarSetups.address(redis.host()), "late"),
                new Keyspace("late"),
                new Bus(new Keyspace("late"), false))) {
            link.start();
            await().atMost(SOON).until(() -> link.session() != null);
            MasterClock clock = link.session().node(0).master().clock();
            long anHourAgo = clock.latest() - HOUR_MICROS;
            clock.learn(System.nanoTime(), System.nanoTime(), anHourAgo);
            assertThat(clock.latest()).isLessThan(anHourAgo + HOUR_MICROS / 2);
            Arguments claim = new Arguments().key("{t}:right").add("me").add(1_000);
            assertThat(new Calls(link, FarSetups.DEADLINE).run(Script.CLAIM, 0, claim))
                    .containsExactly(1L);
            assertThat(clock.latest()).isGreaterThan(anHourAgo + HOUR_MICROS / 2);
        }
    }

    /** What Netty keeps for a thread must not stay in threads that are not ours. */
    @Test
    void calls_leaveNothingInTheCallingThread() {
        store.read("k", Freshness.AUTHORITY);
        put("k", "w");
        assertThat(InternalThreadLocalMap.getIfSet()).isNull();
        tier.close();
        assertThat(InternalThreadLocalMap.getIfSet()).isNull();
    }
}
