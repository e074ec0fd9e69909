package io.nearfar.fault.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
    private static RealRedis redis;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FaultProxy proxy = new FaultProxy(redis.port());

    @AfterEach
    void close() {
        proxy.close();
    }

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private RespClient connect() {
        return new RespClient(Integer.parseInt(proxy.host().split(":")[1]));
    }

    private RespClient subscriber() {
        RespClient client = connect();
        client.call("SUBSCRIBE", "news");
        return client;
    }

    private static String payload(RespClient subscriber) {
        return RespClient.text(((List<?>) subscriber.next()).get(2));
    }

    @Test
    void proxy_thatDoesNothing_isNotNoticed() {
        try (RespClient client = connect()) {
            byte[] large = new byte[3_000_000];
            client.call("SET", "k", large);
            assertThat((byte[]) client.call("GET", "k")).hasSize(large.length);
        }
        await().atMost(SOON).until(() -> proxy.connections() == 0);
    }

    @Test
    void cut_endsConnections_andNewOnesWork() {
        try (RespClient client = connect()) {
            client.call("PING");
            proxy.cut(Lines.ALL);
            assertThatThrownBy(() -> client.call("PING")).isInstanceOf(UncheckedIOException.class);
        }
        try (RespClient client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void cut_ofSubscribers_leavesTheOthers() {
        try (RespClient caller = connect();
                RespClient subscriber = subscriber()) {
            caller.call("PING");
            proxy.cut(Lines.SUBSCRIBERS);
            assertThatThrownBy(subscriber::next).isInstanceOf(UncheckedIOException.class);
            assertThat(caller.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refuse_refusesNewConnectionsUntilHealed() {
        try (RespClient old = connect()) {
            old.call("PING");
            proxy.refuse();
            assertThatThrownBy(this::connect).hasRootCauseInstanceOf(ConnectException.class);
            assertThat(old.call("PING")).isEqualTo("PONG");
        }
        proxy.heal();
        try (RespClient client = connect()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void blackhole_holdsEverything_andHealDeliversIt() {
        try (RespClient client = connect()) {
            client.call("SET", "held", "before");
            proxy.blackhole();
            CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> client.call("SET", "held", "after"));
            await().atMost(SOON).until(proxy::holds);
            assertThat(RespClient.text(redis.call("GET", "held"))).isEqualTo("before");
            proxy.heal();
            assertThat(answer.join()).isEqualTo("OK");
            assertThat(RespClient.text(redis.call("GET", "held"))).isEqualTo("after");
        }
    }

    /** As on a network: what was sent before the sender went away arrives. */
    @Test
    void hold_ofASenderThatHasGone_deliversWhenHealed() {
        redis.call("SET", "late", "before");
        try (RespClient client = connect()) {
            client.call("PING");
            proxy.holdForth(Lines.ALL);
            client.send("SET", "late", "after");
            await().atMost(SOON).until(proxy::holds);
        }
        assertThat(RespClient.text(redis.call("GET", "late"))).isEqualTo("before");
        proxy.heal();
        await().atMost(SOON).until(() -> "after".equals(RespClient.text(redis.call("GET", "late"))));
    }

    @Test
    void holdBack_ofCallers_letsTheServerDoWhatItIsTold() {
        try (RespClient client = connect()) {
            client.call("DEL", "oneway");
            proxy.holdBack(Lines.CALLERS);
            client.send("SET", "oneway", "done");
            await().atMost(SOON).until(() -> "done".equals(RespClient.text(redis.call("GET", "oneway"))));
            proxy.heal();
            assertThat(client.next()).isEqualTo("OK");
        }
    }

    @Test
    void delay_letsACallTakeLonger() {
        try (RespClient client = connect()) {
            client.call("PING");
            proxy.delay(Duration.ofMillis(60));
            long start = System.nanoTime();
            client.call("PING");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(millis).isBetween(119L, 1_500L);
        }
    }

    @Test
    void throttle_letsBytesTakeTheirTime() {
        try (RespClient client = connect()) {
            client.call("SET", "slow", new byte[60_000]);
            proxy.throttle(100_000);
            long start = System.nanoTime();
            client.call("GET", "slow");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(millis).isBetween(400L, 3_000L);
        }
    }

    @Test
    void halfOpen_leavesTheNodeWaiting_andTheServerRidOfIt() {
        try (RespClient client = connect()) {
            client.call("CLIENT", "SETNAME", "half");
            proxy.halfOpen(Lines.ALL);
            client.send("SET", "half", "1");
            await().atMost(SOON)
                    .until(() -> !RespClient.text(redis.call("CLIENT", "LIST")).contains("name=half"));
            assertThat(redis.call("EXISTS", "half")).isEqualTo(0L);
            try (RespClient other = connect()) {
                assertThat(other.call("PING")).isEqualTo("PONG");
            }
            assertThat(proxy.connections()).isPositive();
        }
    }

    @Test
    void lose_losesOneMessage_andTheConnectionGoesOn() {
        try (RespClient subscriber = subscriber()) {
            proxy.lose(push -> push.mentions("second"));
            for (String word : List.of("first", "second", "third")) {
                redis.call("PUBLISH", "news", word);
            }
            assertThat(payload(subscriber)).isEqualTo("first");
            assertThat(payload(subscriber)).isEqualTo("third");
            assertThat(proxy.lost()).isOne();
            proxy.heal();
            redis.call("PUBLISH", "news", "second");
            assertThat(payload(subscriber)).isEqualTo("second");
        }
    }
}
