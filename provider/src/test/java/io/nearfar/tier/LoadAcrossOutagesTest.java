package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.key.Keyspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that began in one outage and ends in the next: what was put in between is newer. */
@Timeout(120)
class LoadAcrossOutagesTest extends FallbackNodes {
    private int keys;

    private Node start(boolean fallback) {
        return node(setup(redis.host()), fallback ? table() : null);
    }

    /** Loads in two outages; in between the server answers, and somebody puts. */
    private void load(Node here, Node putting) throws Exception {
        freeze();
        here.loads().getOrLoad("k", slow(here, putting), replaced -> Node.eternal());
    }

    private Callable<io.nearfar.entry.Value<String>> slow(Node here, Node putting) {
        return () -> {
            redis.thaw();
            here.getFar("none");
            putting.putFar("k", "put");
            freeze();
            return here.values.keep("loaded");
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putOfThisNodeInBetween_isNotHidden(boolean fallback) throws Exception {
        Node here = start(fallback);
        load(here, here);
        assertThat(here.get("k")).isIn("put", null);
        assertThat(here.dirty().leases().size()).isZero();
        redis.thaw();
        here.getFar("none");
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.getFar("k")).isEqualTo("put");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putOfAnotherNodeInBetween_isNotHidden(boolean fallback) throws Exception {
        Node here = start(fallback);
        Node there = start(fallback);
        load(here, there);
        assertThat(here.get("k")).isIn("put", null);
        assertThat(there.get("k")).isIn("put", null);
        redis.thaw();
        here.getFar("none");
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.getFar("k")).isEqualTo("put");
    }

    /** A node that loads, cut off before its load ends, and another that waits for that load. */
    private void assertNobodyWaits(Node here, Callable<io.nearfar.entry.Value<String>> cutOff) throws Exception {
        Node there = Node.of(steady(redis.host()).loadLease(Duration.ofMinutes(10)));
        nodes.add(there);
        String key = soon().until(() -> held(here, there, cutOff), Objects::nonNull);
        pass();
        soon().until(() -> there.store().lease(key, 60_000) instanceof Lease.Granted);
        soon().until(() -> here.dirty().owedLeases().isEmpty());
    }

    /**
     * Returns the key of a load that is held until the network is back. A starved node may be in an outage when it begins to load,
     * and has no lease then; null in that case.
     */
    private @Nullable String held(Node here, Node there, Callable<io.nearfar.entry.Value<String>> cutOff)
            throws Exception {
        String key = "k" + keys++;
        assertThat(here.getFar(key)).isNull();
        here.loads().getOrLoad(key, cutOff, replaced -> Node.eternal());
        if (there.store().lease(key, 1) instanceof Lease.Held) {
            return key;
        }
        pass();
        return null;
    }

    private Node behindTheRelay() {
        return node(setup(relay.host()).loadLease(Duration.ofMinutes(10)), null);
    }

    @Test
    void loadThatEndsWithoutANetwork_doesNotHoldUpOthersAfterIt() throws Exception {
        Node here = behindTheRelay();
        assertNobodyWaits(here, () -> {
            hold(here);
            return here.values.keep("loaded");
        });
    }

    @Test
    void loadOfNothingThatEndsWithoutANetwork_doesNotHoldUpOthersAfterIt() throws Exception {
        Node here = behindTheRelay();
        assertNobodyWaits(here, () -> {
            hold(here);
            return null;
        });
    }

    /** Nothing that has ended answers in an outage; when the lease is given back it is there for the next load that fails. */
    @Test
    void loadThatFailsWithoutANetwork_leavesWhatIsKept() {
        Node here = behindTheRelay();
        Node there = Node.of(steady(redis.host()).loadLease(Duration.ofMinutes(10)));
        nodes.add(there);
        Attributes hour = Attributes.of(List.of(), Attributes.AS_CONFIGURED, 3_600_000);
        soon().until(() -> there.store()
                        .apply(
                                "k",
                                Change.write(there.values.keep("old"), Condition.ALWAYS, Lifetime.of(5), false)
                                        .with(hour))
                        .version()
                != null);
        soon().until(() -> there.getFar("k") == null);
        assertThatThrownBy(() -> here.loads()
                        .getOrLoad(
                                "k",
                                () -> {
                                    hold(here);
                                    throw new IllegalStateException("the database is away");
                                },
                                replaced -> Node.eternal()))
                .hasMessage("the database is away");
        assertThat(there.store().lease("k", 1))
                .as("held until the network is back")
                .isInstanceOf(Lease.Held.class);
        pass();
        List<Lease<String>> leases = new ArrayList<>();
        soon().until(() -> {
            Lease<String> lease = there.store().lease("k", 60_000);
            leases.add(lease);
            return lease instanceof Lease.Granted;
        });
        Lease.Granted<String> granted = (Lease.Granted<String>) leases.get(leases.size() - 1);
        assertThat(granted.kept()).isNotNull();
        assertThat(granted.kept().value().get()).isEqualTo("old");
        soon().until(() -> here.dirty().owedLeases().isEmpty());
    }

    /** The server has granted it, and nobody knows; of two requests nobody knows which. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leaseWhoseAnswerIsLost_doesNotHoldUpOthersAfterIt(int requests) throws Exception {
        Node there = node(steady(redis.host()), null);
        there.store().lease("other", 1); // teaches the script, or its first answer alone would be lost
        try (FaultProxy proxy = new FaultProxy(redis.port())) {
            Node here = node(brief(proxy.host()).loadLease(Duration.ofMinutes(10)), null);
            String entry = new Keyspace("tiers:fallback").entryKey("cities", "k");
            soon().until(() -> {
                proxy.heal();
                here.getFar("none");
                proxy.holdBack(Lines.ALL);
                Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> here.store().lease("k", 600_000), work -> new Thread(work).start()))
                        .limit(requests)
                        .toList()
                        .forEach(CompletableFuture::join);
                return redis.call("EXISTS", entry).equals(1L); // what comes too late is not granted
            });
            proxy.heal();
            soon().until(() -> there.store().lease("k", 60_000) instanceof Lease.Granted);
            soon().until(() -> here.dirty().owedLeases().isEmpty());
            here.close();
        }
    }

    /** What it was known by is of no concern to callers. */
    @Test
    void leaseWhoseAnswerIsLost_ofACacheThatFailsClosed_throwsWhatIsDocumented() throws Exception {
        try (FaultProxy proxy = new FaultProxy(redis.port())) {
            Node here = node(brief(proxy.host()).outage(OutagePolicy.CLOSED), null);
            proxy.holdBack(Lines.ALL);
            assertThatThrownBy(() -> here.loads().getOrLoad("k", () -> null, replaced -> Node.eternal()))
                    .isExactlyInstanceOf(FarTierUnavailableException.class);
            proxy.heal();
            here.close();
        }
    }
}
