package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.OutageRecovery;
import io.nearfar.config.StartPolicy;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache that is cleared after an outage: whatever a node noted that did not survive cannot be undone. */
@Timeout(120)
class RecoveryByClearTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private final Relay relay = new Relay(redis.port());
    private Node here = Node.of(setup(relay.host()));
    private Node there = Node.of(setup(redis.host()));

    private static Setup setup(String host) {
        return Setup.over(host, "tiers:recovery", DEADLINE).recovering(OutageRecovery.CLEAR);
    }

    @AfterEach
    void stop() {
        redis.thaw();
        relay.pass();
        here.close();
        there.close();
        relay.close();
        redis.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(FarTierUnavailableException.class);
    }

    /** The node that noted a removal has died with it; nothing was dirty anywhere else. */
    @Test
    void nodeThatIsBack_clearsBeforeItBelievesAnything() {
        there.putFar("k", "of a node that died");
        relay.hold();
        assertThat(here.get("none")).isNull();
        relay.pass();
        soon().until(() -> here.getFar("none") == null);
        assertThat(here.getFar("k")).isNull();
        assertThat(there.getFar("k")).isNull();
        there.putFar("k", "new");
        assertThat(here.getFar("k")).as("cleared once").isEqualTo("new");
    }

    @Test
    void nodeThatIsBackAndIdle_clearsAllTheSame() {
        there.putFar("k", "old");
        relay.hold();
        assertThat(here.get("none")).isNull();
        relay.pass();
        soon().until(() -> there.getFar("k") == null);
    }

    @Test
    void ownChanges_goWithTheClear() {
        here.putFar("k", "old");
        relay.hold();
        here.put("k", "noted");
        assertThat(here.get("k")).isEqualTo("noted");
        relay.pass();
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.getFar("k")).isNull();
    }

    /** A node that starts while the server is away may be the first that is back. */
    @Test
    void nodeThatStartedInTheOutage_clears() {
        there.putFar("k", "old");
        there.close();
        redis.freeze();
        there = Node.unreached(Setup.over(
                        FarSetups.far(FarSetups.address(redis.host()), "tiers:recovery", StartPolicy.LENIENT, DEADLINE))
                .recovering(OutageRecovery.CLEAR));
        redis.thaw();
        soon().until(() -> there.getFar("none") == null);
        assertThat(there.getFar("k")).isNull();
    }
}
