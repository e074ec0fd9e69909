package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Freshness;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node whose Redis dies. */
class OutageTest {
    private final RealRedis redis = RealRedis.start();
    private Node node;

    private void start(OutagePolicy policy) {
        node = Node.over(FarSetups.far(FarSetups.address(redis.host()), "tiers:outage"), policy);
    }

    /** Ends the server while the entry is in the near tier: a starved node may have let go of it, and rightly. */
    private void outageKnowing(String key) {
        node.putFar(key, "1");
        redis.kill();
        while (node.get(key) == null) {
            redis.restart();
            node.putFar(key, "1");
            redis.kill();
        }
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    @Test
    void read_failOpen_missesNearButNeverForTheAuthority() {
        start(OutagePolicy.OPEN);
        outageKnowing("kept");
        assertThat(node.store().read("other", Freshness.NEAR)).isNull();
        assertThat(node.store().readAll(List.of("other"), Freshness.NEAR)).isEmpty();
        assertThat(node.store().lookup("other")).isNull();
        assertThatThrownBy(() -> node.store().read("kept", Freshness.AUTHORITY))
                .isInstanceOf(FarTierUnavailableException.class);
        assertThatThrownBy(() -> node.store().readAll(List.of("kept"), Freshness.AUTHORITY))
                .isInstanceOf(FarTierUnavailableException.class);
        assertThat(node.get("kept")).as("the near tier goes on").isEqualTo("1");
    }

    @Test
    void getOrLoad_loadFailsInOutageOfClosedCache_throwsWhatTheLoadThrew() {
        start(OutagePolicy.CLOSED);
        IOException failure = new IOException("no such table");
        assertThatThrownBy(() -> node.loads()
                        .getOrLoad(
                                "a",
                                () -> {
                                    redis.kill();
                                    throw failure;
                                },
                                replaced -> Node.eternal()))
                .isSameAs(failure);
        assertThat(node.loads().pending()).isZero();
    }
}
