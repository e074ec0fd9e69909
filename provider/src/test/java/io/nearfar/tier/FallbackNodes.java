package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FallbackSettings;
import io.nearfar.fallback.JdbcOutageTable;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Nodes that see one database, and their server. */
abstract class FallbackNodes {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    final RealRedis redis = RealRedis.start();
    final Relay relay = new Relay(redis.port());
    final TestDatabase database = new TestDatabase();
    final List<Node> nodes = new ArrayList<>();

    static Setup setup(String host) {
        return Setup.over(host, "tiers:fallback", DEADLINE);
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
        Node node = Node.of(setup, table);
        nodes.add(node);
        if (table != null) {
            soon().until(() -> node.getFar("none") == null && isThere());
        }
        return node;
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
                .ignoreException(FarTierUnavailableException.class);
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
