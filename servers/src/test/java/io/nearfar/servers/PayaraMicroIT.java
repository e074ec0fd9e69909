package io.nearfar.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run under the profile servers; nodes are in one data grid of Payara's. */
class PayaraMicroIT extends ServerChecks {
    private static final Duration SOON = Duration.ofSeconds(60);

    PayaraMicroIT() {
        super(new PayaraMicro());
    }

    /** Payara's own interceptors would have, of the same annotation, a result that the nodes share and that never ends. */
    @ParameterizedTest
    @EnumSource
    void result_ofAMethod_isNotKeptInTheDataGridToo(Place place) throws Exception {
        try (RealRedis redis = RealRedis.start();
                ServerNode one = start(place, "one", redis);
                ServerNode two = start(place, "two", redis)) {
            await("one grid")
                    .atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(one.logged()).anyMatch(line -> line.contains("Data Grid Instance Added")));
            one.ask("look-up?word=star");
            redis.call("FLUSHALL");
            two.ask("look-up?word=star");
            assertThat(two.ask("lookups")).isEqualTo("1");
        }
    }
}
