package io.nearfar.testkit.example;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.nearfar.testkit.NearfarFixture;
import io.nearfar.testkit.NearfarTest;
import io.nearfar.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;

@NearfarTest(settings = {"nearfar.deadline = 5s", "nearfar.cache.prices.ttl = 1h"})
class TwoNodesTest {
    @Test
    void price_thatAnotherNodeChanges_isSeenThoughItsMessageIsLost(NearfarFixture nearfar) {
        Cache<String, Integer> here = nearfar.cache("prices", String.class, Integer.class);
        Cache<String, Integer> there =
                nearfar.node().cacheFromTemplate("prices", String.class, Integer.class, List.of());
        here.put("tea", 3);
        try (Fault deaf = nearfar.faults().loseMessages()) {
            there.put("tea", 4);
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                while (here.get("tea") != 4 || deaf.effects() == 0) {
                    Thread.onSpinWait();
                }
            });
        }
    }
}
