package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.web.response.ResponseHook;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with a manager each, behind one name, keep their responses in one Redis. */
@Timeout(120)
class CachedResponseNodesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private LocalRedis redis;
    private WebServer one;
    private WebServer other;

    @BeforeEach
    void start(@TempDir Path ofOne, @TempDir Path ofOther) throws Exception {
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "nodes-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "5s");
        one = server(ofOne);
        other = server(ofOther);
        Towns.forgetCalls();
        Towns.begun = new CountDownLatch(1);
        Towns.held = new CountDownLatch(1);
    }

    private static WebServer server(Path folder) throws Exception {
        return new WebServer(
                folder,
                Map.of("/*", new ServletContainer(new ResourceConfig().register(new Towns()))),
                new ResponseHook());
    }

    @AfterEach
    void stop() throws Exception {
        Towns.mayor = "ann";
        Towns.held.countDown();
        threads.shutdownNow();
        try {
            one.close();
            other.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    /** Returns what a server answers; clients know both by one name, which is part of what a response is kept under. */
    private static String get(WebServer server, String path) throws Exception {
        int port = URI.create(server.address()).getPort();
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            String request = "GET /towns/" + path + " HTTP/1.0\r\nHost: towns.example\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200");
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private Future<String> ask(WebServer server, String path) {
        return threads.submit(() -> get(server, path));
    }

    /** Tells whether a request waits for the response to another one. */
    private static boolean isOneWaiting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith(".ResponseTurn")
                        && frame.getMethodName().equals("follow"));
    }

    @Test
    void whoMissesTheSame_onAnotherNode_waitsForTheOneCall() throws Exception {
        Future<String> maker = ask(one, "crowd/nodes");
        assertThat(Towns.begun.await(60, TimeUnit.SECONDS)).isTrue();
        Future<String> waiter = ask(other, "crowd/nodes");
        await().atMost(SOON).until(CachedResponseNodesTest::isOneWaiting);
        Towns.held.countDown();
        assertThat(maker.get()).isEqualTo("crowdnodes");
        assertThat(waiter.get()).isEqualTo("crowdnodes");
        assertThat(Towns.calls("crowdnodes")).isOne();
        assertThat(get(other, "crowd/nodes")).isEqualTo("crowdnodes");
        assertThat(Towns.calls("crowdnodes")).isOne();
    }

    @Test
    void responseThatAnotherNodeInvalidates_whileItIsMade_answersItsCallerAlone() throws Exception {
        assertThat(get(other, "plain/60")).isEqualTo("plain60 ann");
        Future<String> maker = ask(one, "held");
        assertThat(Towns.begun.await(60, TimeUnit.SECONDS)).isTrue();
        Towns.mayor = "zoe";
        NearfarManager manager = new ApplicationManager(other.loader()).manager();
        manager.<Object, Object>getCache("towns").unwrap(NearfarCache.class).invalidateTag("held");
        Towns.held.countDown();
        assertThat(maker.get()).isEqualTo("held ann");
        assertThat(get(one, "held")).isEqualTo("held zoe");
        assertThat(get(other, "held")).isEqualTo("held zoe");
        assertThat(Towns.calls("held")).isEqualTo(2);
    }
}
