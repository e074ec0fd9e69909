package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.testkit.server.TestServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModesTest {
    @Nested
    class Near {
        @RegisterExtension
        static final NearfarExtension NEARFAR = NearfarExtension.near().with("nearfar.near.maximum-entries", "10");

        @Test
        void near_isInTheProcess(NearfarManager manager, NearfarCache<String, String> cache) {
            cache.put("k", "v");
            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(manager.health().mode()).isEqualTo("near");
            assertThat(cache.settings().toString()).contains("10");
        }
    }

    @Nested
    class Tiered {
        @RegisterExtension
        static final NearfarExtension NEARFAR = NearfarExtension.tiered().with("nearfar.deadline", "9s");

        @Test
        void tiered_isNearOverAServer(NearfarManager manager, NearfarCache<String, String> cache, TestServer server) {
            cache.put("k", "v");
            assertThat(manager.health().mode()).isEqualTo("tiered");
            assertThat(Integer.parseInt(server.call("DBSIZE"))).isPositive();
        }
    }

    @Nested
    class Far {
        @RegisterExtension
        static final NearfarExtension NEARFAR =
                NearfarExtension.far().address(TestServer.embedded().address());

        @Test
        void far_hasNoNearTier(NearfarManager manager) {
            assertThat(manager.health().mode()).isEqualTo("far");
        }
    }
}
