package io.nearfar.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.testkit.NearfarExtension;
import io.nearfar.testkit.TestCache;
import io.nearfar.testkit.fault.Fault;
import io.nearfar.testkit.fault.Faults;
import java.time.Duration;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageTest {
    @RegisterExtension
    static final NearfarExtension NEARFAR = NearfarExtension.tiered().with("nearfar.deadline", "500ms");

    @Test
    void withoutRedis_pricesAreKept_andNothingIsSoldTwice(
            @TestCache("prices") Cache<String, Integer> prices, Faults faults) {
        try (Fault outage = faults.outage()) {
            assertTrue(faults.open().contains(outage));
            prices.put("tea", 3);
            assertEquals(3, prices.get("tea"));
            assertThrows(FarTierUnavailableException.class, () -> prices.putIfAbsent("sold", 1));
        }
    }

    @Test
    void slowRedis_holdsNobodyUp(@TestCache("prices") Cache<String, Integer> prices, Faults faults) {
        try (Fault slow = faults.latency(Duration.ofSeconds(5))) {
            prices.put("tea", 3);
            assertEquals(3, prices.get("tea"));
            assertTrue(slow.effects() > 0);
        }
    }
}
