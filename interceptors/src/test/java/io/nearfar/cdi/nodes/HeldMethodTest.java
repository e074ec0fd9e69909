package io.nearfar.cdi.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two JVMs and a real server: what one declares out of date, no reader of either sees again. */
@Timeout(120)
class HeldMethodTest {
    private static LocalRedis server;

    @BeforeAll
    static void startServer() throws IOException {
        server = LocalRedis.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "updateAll", "remove", "clear"})
    void invalidation_byAnotherNodeWhileTheMethodRuns_noReaderOfEitherSeesTheOldValue(String command) throws Exception {
        Map<String, String> settings = settings();
        settings.forEach(System::setProperty);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (SeContainer here = NodeMain.container();
                Node other = Node.start(settings)) {
            Shop shop = here.select(Shop.class).get();
            assertThat(other.ask("read")).isEqualTo("old after 1 calls");
            assertThat(shop.price(1).text()).isEqualTo("old");
            assertThat(shop.calls).hasValue(0);
            assertThat(other.ask(command)).isEqualTo("done");
            Cache<Object, Object> cache = here.select(CacheManager.class).get().getCache("prices");
            await().atMost(Duration.ofSeconds(30)).until(() -> !cache.containsKey(GeneratedKey.of(1)));

            shop.held = new CountDownLatch(1);
            Future<Shop.Price> before = threads.submit(() -> shop.price(1));
            assertThat(shop.begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(other.ask(command)).isEqualTo("done");
            shop.price = "new";
            shop.held.countDown();

            assertThat(before.get().text()).isEqualTo("old");
            assertThat(other.ask("read")).isEqualTo("new after 2 calls");
            assertThat(shop.price(1).text()).isEqualTo("new");
            assertThat(other.ask("read")).isEqualTo("new after 2 calls");
            assertThat(shop.calls).hasValue(1);
        } finally {
            threads.shutdownNow();
            settings.keySet().forEach(System::clearProperty);
        }
    }

    /** Settings under which a busy machine is no outage. */
    private static Map<String, String> settings() {
        return Map.of(
                "nearfar.address",
                server.address(),
                "nearfar.prefix",
                "nodes-" + UUID.randomUUID(),
                "nearfar.deadline",
                "9s",
                "nearfar.connect-timeout",
                "5s");
    }
}
