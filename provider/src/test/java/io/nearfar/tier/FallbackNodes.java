package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FallbackSettings;
import io.nearfar.entry.Freshness;
import io.nearfar.fallback.JdbcOutageTable;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Nodes that see one database, and their server. */
abstract class FallbackNodes {
    /** Of calls, and of questions to the database: longer than a starved machine needs. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Of beats, which find out about outages: who waits for that need not wait for a call. */
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofSeconds(60);

    final RealRedis redis = RealRedis.start();
    final Relay relay = new Relay(redis.port());
    final TestDatabase database = new TestDatabase();
    final List<Node> nodes = new ArrayList<>();
    private final Set<Node> away = new HashSet<>();

    static Setup setup(String host) {
        return brief(host).deadline(DEADLINE);
    }

    /** For a node that is to have no outage, also if the machine stands still while it beats. */
    static Setup steady(String host) {
        return Setup.over(host, "tiers:fallback", DEADLINE);
    }

    /** For what is about how long somebody waits. */
    static Setup brief(String host) {
        return Setup.over(host, "tiers:fallback", BRIEF);
    }

    OutageTable table() {
        return table(database.user(), null);
    }

    OutageTable table(String user, @Nullable String password) {
        FallbackSettings settings = new FallbackSettings(database.url(), "NEARFAR_FALLBACK", user, password);
        return JdbcOutageTable.open(settings, new Properties(), DEADLINE);
    }

    /** Returns the table, which has so many rows at most. */
    OutageTable limited(long entries) {
        FallbackSettings settings =
                new FallbackSettings(database.url(), "NEARFAR_FALLBACK", entries, database.user(), null);
        return JdbcOutageTable.open(settings, new Properties(), DEADLINE);
    }

    Node node() {
        return node(setup(redis.host()), table());
    }

    Node node(Setup setup, @Nullable OutageTable table) {
        return node(setup, table, System::nanoTime);
    }

    Node node(Setup setup, @Nullable OutageTable table, LongSupplier nanoTime) {
        Node node = Node.of(setup, table, nanoTime);
        nodes.add(node);
        if (table != null) {
            soon().until(() -> node.getFar("none") == null && isThere());
        }
        return node;
    }

    // ---- outages

    /** Stops the server and waits until all nodes know. */
    void freeze() {
        cut(redis::freeze, nodes.stream().filter(node -> !away.contains(node)).toList());
    }

    /** Cuts off a node that reaches the server by the relay, and waits until it knows. */
    void hold(Node node) {
        cut(relay::hold, List.of(node));
        away.add(node);
    }

    private static void cut(Runnable outage, List<Node> all) {
        List<Long> before = all.stream().map(Node::outages).toList();
        outage.run();
        for (int i = 0; i < all.size(); i++) {
            awaitOutage(all.get(i), before.get(i));
        }
    }

    /** One that had begun shortly before, for whatever reason, does not begin again: a call finds it out then. */
    private static void awaitOutage(Node node, long before) {
        try {
            await().atMost(DEADLINE).until(() -> node.outages() > before);
        } catch (ConditionTimeoutException e) {
            node.get("none");
        }
    }

    /**
     * Likewise, with these keys in the near tier of the node: a starved one may have let go of them, and rightly, and then
     * nothing that they are told is written after the outage.
     */
    void freezeKnowing(Node node, String... keys) {
        while (!isKnowing(node, this::freeze, keys)) {
            redis.thaw();
        }
    }

    /** Likewise for a node that is cut off alone. */
    void holdKnowing(Node node, String... keys) {
        while (!isKnowing(node, () -> hold(node), keys)) {
            pass();
        }
    }

    private static boolean isKnowing(Node node, Runnable outage, String... keys) {
        List<String> all = List.of(keys);
        soon().until(() -> node.store().readAll(all, Freshness.AUTHORITY) != null);
        outage.run();
        return all.stream().allMatch(key -> node.get(key) != null);
    }

    void pass() {
        relay.pass();
        away.clear();
    }

    boolean isThere() {
        try {
            return rows() >= 0;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    long rows() {
        return database.number("SELECT COUNT(*) FROM NEARFAR_FALLBACK");
    }

    void awaitSettled() {
        soon().until(() -> rows() == 0);
    }

    /** What the far tier holds, asked by a node that knows nothing of the database. */
    @Nullable
    String far(String key) {
        return node(setup(redis.host()), null).getFar(key);
    }

    static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(FarTierUnavailableException.class);
    }

    /** Until then a near entry may be served under the lease of before the outage. */
    static void awaitLeaseEnd(Node node, String key, @Nullable String value) {
        soon().untilAsserted(() -> assertThat(node.get(key)).isEqualTo(value));
    }

    @AfterEach
    void stop() {
        redis.thaw();
        relay.pass();
        nodes.forEach(Node::close);
        relay.close();
        redis.close();
        database.close();
    }
}
