package io.nearfar.fault.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.node.FickleLoads.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A history knows of every load that has brought something, whenever that was. */
@Timeout(60)
class FickleLoadsTest {
    private static final long LONGER_THAN_THE_CALL = TimeUnit.MILLISECONDS.toNanos(300);

    @Test
    void loadThatEndsAfterItsCall_isTakenLater_once() {
        Properties settings = new Properties();
        settings.setProperty("nearfar.mode", "near");
        settings.setProperty("nearfar.cache.kept.grace", "10s");
        settings.setProperty("nearfar.cache.kept.load.soft-timeout", "5ms");
        try (Caches caches = Caches.open(settings)) {
            Client client = Client.of(new Caller(0, 1), caches);
            client.put(Role.KEPT, "0");
            client.expire(Role.KEPT, "0");
            client.getOrLoad(Role.KEPT, "0", Fate.VALUE, LONGER_THAN_THE_CALL);
            assertThat(client.operations()).extracting(Operation::kind).doesNotContain(Kind.LOAD);
            List<Operation> taken = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                taken.addAll(client.loads().take());
                return !taken.isEmpty();
            });
            assertThat(taken)
                    .singleElement()
                    .satisfies(load -> assertThat(load.kind()).isEqualTo(Kind.LOAD))
                    .satisfies(load -> assertThat(load.key()).isEqualTo(Role.KEPT.key("0")));
            assertThat(client.loads().take()).isEmpty();
        }
    }
}
