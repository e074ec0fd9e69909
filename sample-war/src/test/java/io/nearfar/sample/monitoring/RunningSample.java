package io.nearfar.sample.monitoring;

import static org.awaitility.Awaitility.await;

import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.Loopback;
import io.nearfar.sample.launch.NodePlan;
import io.nearfar.sample.launch.PayaraNode;
import io.nearfar.sample.nodes.Wars;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of the sample with a Redis of its own, which is set up by the files of {@code deploy}. */
final class RunningSample implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10);
    static final String USER = "gazetteer";
    static final String PASSWORD = "change-me";

    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Folder folder;
    private final RealRedis redis;
    private final PayaraNode node;

    private RunningSample(Folder folder, RealRedis redis, PayaraNode node) {
        this.folder = folder;
        this.redis = redis;
        this.node = node;
    }

    static RunningSample start() throws IOException, InterruptedException {
        Folder folder = new Folder();
        RealRedis redis = RealRedis.start(
                DEPLOY.resolve("redis").resolve("cache.conf").toString(),
                "--aclfile",
                DEPLOY.resolve("compose").resolve("users.acl").toString());
        Path build = Path.of(System.getProperty("sample.build"));
        PayaraNode node = PayaraNode.start(new NodePlan(
                "node 1",
                Loopback.HOST,
                Loopback.anyPort(),
                folder.make("node"),
                build.resolve("monitored-node.log"),
                build.resolve("server").resolve("payara-micro.jar"),
                Wars.someAt(folder.path().resolve("gazetteer.war")),
                redis.address(),
                settings()));
        node.awaitReady();
        return new RunningSample(folder, redis, node);
    }

    /** A slow machine is no outage; one limit is leased, and one cache is asked for far alone, so that all can be seen. */
    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("gazetteer.cities", "data/some-cities.tsv.gz"),
                Map.entry("gazetteer.database", "jdbc:h2:mem:gazetteer;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000"),
                Map.entry("nearfar.user", USER),
                Map.entry("nearfar.password", PASSWORD),
                Map.entry("nearfar.deadline", "3s"),
                Map.entry("nearfar.limit.deadline", "3s"),
                Map.entry("nearfar.limit.status.mode", "leased"),
                Map.entry("nearfar.cache.preferences.mode", "far"));
    }

    RealRedis redis() {
        return redis;
    }

    /** Asks Redis as the operator. */
    @Nullable
    Object operate(Object... words) {
        try (RespClient operator = operator()) {
            return operator.call(words);
        }
    }

    RespClient operator() {
        RespClient operator = new RespClient(redis.port());
        operator.call("AUTH", "operator", "change-me-operator");
        return operator;
    }

    /** Returns how many bytes the server uses. */
    long memoryUsed() {
        try (RespClient operator = operator()) {
            return operator.text("INFO", "memory")
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What the node exports now; Prometheus waits for it as long by default. */
    Scrape scrape() {
        try {
            return Scrape.read(send(request("metrics").timeout(SCRAPE_TIMEOUT)), "node1");
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof HttpTimeoutException) {
                return Scrape.missed("node1");
            }
            throw failure;
        }
    }

    String get(String path) {
        return ask("GET", "api/" + path, null, null);
    }

    /** What is answered to somebody with the cookie of a session. */
    String getWithSession(String path, String token) {
        return send(request("api/" + path).header("Cookie", "gazetteer=" + token));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.address() + path));
    }

    String ask(String method, String path, @Nullable String person, @Nullable String json) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (person != null) {
            String secret =
                    Base64.getEncoder().encodeToString((person + ":" + person).getBytes(StandardCharsets.US_ASCII));
            request.header("Authorization", "Basic " + secret);
        }
        return send(request);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException failure) {
            throw new UncheckedIOException("no answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Stops the node in its tracks, or lets it go on. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(node.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Waits until the far tier is there again, and owes nothing. */
    void awaitRecovered() {
        await().atMost(SOON).until(() -> {
            Scrape now = scrape();
            return now.sum("up") == 1
                    && now.sum("nearfar_far_breakers_open") == 0
                    && now.sum("nearfar_cache_dirty_keys") == 0;
        });
    }

    @Override
    public void close() throws IOException {
        node.close();
        redis.close();
        folder.close();
    }
}
