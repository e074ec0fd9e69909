package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of methods that a server counts. */
@Timeout(180)
class FarMethodLimitsTest {
    private LocalRedis server;

    @BeforeEach
    void start() throws IOException {
        server = LocalRedis.start();
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.limit.deadline", "60s");
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("nearfar.address");
        System.clearProperty("nearfar.limit.deadline");
        server.close();
    }

    @Singleton
    public static class Orders {
        final AtomicInteger calls = new AtomicInteger();

        @RateLimited(name = "orders", limit = 2, window = "1h")
        public int order() {
            return calls.incrementAndGet();
        }

        @RateLimited(name = "later", limit = 1, window = "1h")
        public CompletionStage<Thread> later() {
            calls.incrementAndGet();
            return CompletableFuture.completedStage(Thread.currentThread());
        }

        @RateLimited(name = "future", limit = 1, window = "1h")
        public Future<String> future() {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture("done");
        }
    }

    @Singleton
    public static class Hot {
        @RateLimited(name = "hot", limit = 10_000, window = "1m", key = LimitKey.ALL, mode = LimitMode.LEASED)
        public String call() {
            return "answer";
        }
    }

    @Singleton
    public static class Careful {
        @RateLimited(name = "open", limit = 1, window = "1h", outage = LimitOutage.OPEN)
        public String open() {
            return "open";
        }

        @RateLimited(name = "closed", limit = 1, window = "1h", outage = LimitOutage.CLOSED)
        public String closed() {
            return "closed";
        }

        @RateLimited(name = "local", limit = 1, window = "1h", outage = LimitOutage.LOCAL)
        public String local() {
            return "local";
        }

        @RateLimited(
                name = "answering",
                limit = 1,
                window = "1h",
                outage = LimitOutage.CLOSED,
                fallbackMethod = "instead")
        public String answering() {
            return "answer";
        }

        String instead() {
            return "instead";
        }
    }

    /** Waits until the server counts; a starved node does so by itself until it has reached it. */
    private static Application reached(Application application) {
        RateLimiter limiter = application.bean(RateLimiter.class);
        Quota any = new Limit("reach", 1_000_000, Duration.ofHours(1)).forAll();
        await().atMost(Duration.ofSeconds(60)).until(() -> limiter.decide(any).basis() == Decision.Basis.COUNTED);
        return application;
    }

    /** A second node: what another class loader opens is another manager. */
    private static Application node(Class<?>... beans) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new URLClassLoader(new URL[0], before));
        try {
            return reached(Application.of(beans));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void nodes_countTogether() {
        try (Application one = node(Orders.class);
                Application other = node(Orders.class)) {
            assertThat(one.manager()).isNotSameAs(other.manager());
            one.bean(Orders.class).order();
            other.bean(Orders.class).order();

            assertThatThrownBy(one.bean(Orders.class)::order).isInstanceOf(RateLimitExceededException.class);
            assertThatThrownBy(other.bean(Orders.class)::order).isInstanceOf(RateLimitExceededException.class);
            assertThat(one.bean(Orders.class).calls).hasValue(1);
        }
    }

    /** The mode of the annotation is that of the limit: after a few calls the node holds credits of it. */
    @Test
    void leased_callsAreDecidedByTheNode() {
        try (Application application = reached(Application.of(Hot.class))) {
            Hot hot = application.bean(Hot.class);
            RateLimiter limiter = application.bean(RateLimiter.class);
            Limit limit = new Limit("hot", 10_000, Duration.ofMinutes(1)).leased();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                hot.call();
                return limiter.decide(limit.forAll()).basis() == Decision.Basis.LEASED;
            });
            assertThat(hot.call()).isEqualTo("answer");
        }
    }

    @Test
    void stage_serverThatDoesNotAnswer_holdsUpNoCaller_andIsMadeOnceItDoes() throws Exception {
        try (Application application = reached(Application.of(Orders.class))) {
            Orders orders = application.bean(Orders.class);
            CompletionStage<Thread> stage;
            CompletionStage<Thread> second;
            try (Control control = new Control(server)) {
                control.say("CLIENT PAUSE 600000 WRITE");
                stage = orders.later();
                second = orders.later();
                assertThat(stage.toCompletableFuture()).isNotDone();
                assertThat(orders.calls).hasValue(0);
                control.say("CLIENT UNPAUSE");
            }
            assertThat(outcomeOf(stage) + outcomeOf(second)).isOne();
            assertThat(orders.calls).hasValue(1);
        }
    }

    /** Returns 1 if the stage has a value that another thread than ours gave it, 0 if it was refused. */
    private static int outcomeOf(CompletionStage<Thread> stage) throws Exception {
        try {
            assertThat(stage.toCompletableFuture().get(60, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
            return 1;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(RateLimitExceededException.class);
            return 0;
        }
    }

    @Test
    void future_serverThatDoesNotAnswer_holdsUpNoCaller() throws Exception {
        try (Application application = reached(Application.of(Orders.class))) {
            Orders orders = application.bean(Orders.class);
            Future<String> future;
            try (Control control = new Control(server)) {
                control.say("CLIENT PAUSE 600000 WRITE");
                future = orders.future();
                assertThat(future.isDone()).isFalse();
                control.say("CLIENT UNPAUSE");
            }
            assertThat(future.get(60, TimeUnit.SECONDS)).isEqualTo("done");
            assertThat(future.isDone()).isTrue();
            assertThatThrownBy(() -> orders.future().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RateLimitExceededException.class);
        }
    }

    @Test
    void outage_eachLimitDoesWhatItSays() throws Exception {
        System.setProperty("nearfar.limit.deadline", "1s");
        try (Application application = reached(Application.of(Careful.class))) {
            Careful careful = application.bean(Careful.class);
            server.close();

            assertThat(careful.open()).isEqualTo("open");
            assertThat(careful.open()).isEqualTo("open");
            assertThatThrownBy(careful::closed)
                    .isInstanceOfSatisfying(RateLimitExceededException.class, refusal -> {
                        assertThat(refusal.violated()).isEmpty();
                        assertThat(refusal.decision().basis()).isEqualTo(Decision.Basis.OUTAGE);
                        assertThat(refusal.retryAfter()).isPositive();
                    })
                    .hasMessageContaining("cannot be counted at the moment");
            assertThat(careful.answering()).isEqualTo("instead");
            assertThat(careful.local()).isEqualTo("local");
            assertThatThrownBy(careful::local).isInstanceOf(RateLimitExceededException.class);
        }
    }

    /** A connection that tells the server what to do. */
    private static final class Control implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;

        Control(LocalRedis server) throws IOException {
            URI address = URI.create(server.address());
            socket = new Socket(address.getHost(), address.getPort());
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void say(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(answers.readLine()).isEqualTo("+OK");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
