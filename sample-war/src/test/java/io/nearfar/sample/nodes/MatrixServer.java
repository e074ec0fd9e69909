package io.nearfar.sample.nodes;

import io.nearfar.sample.launch.Child;
import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.Loopback;
import io.nearfar.sample.launch.RedisServer;
import io.nearfar.sample.launch.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Payara Micro with the two applications of the matrix of annotations, and a Redis of theirs, on free ports of this machine; its
 * files are in a folder that goes with it.
 */
final class MatrixServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(4);

    /** What a slow machine does is no outage. */
    private static final List<String> SETTINGS = List.of(
            "-Dnearfar.deadline=9s",
            "-Dnearfar.limit.deadline=9s",
            "-Dnearfar.connect-timeout=5s",
            "-Dnearfar.http.trusted-proxies=127.0.0.1");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Folder folder;
    private final RedisServer redis;
    private final Child child;
    private final int port;

    private MatrixServer(Folder folder, RedisServer redis, Child child, int port) {
        this.folder = folder;
        this.redis = redis;
        this.child = child;
        this.port = port;
    }

    /** Starts all, and waits until both applications answer. */
    static MatrixServer start() throws IOException, InterruptedException {
        Folder folder = new Folder();
        RedisServer redis = RedisServer.start(folder.make("redis"));
        int port = Loopback.anyPort();
        Path log = Path.of(System.getProperty("sample.build"), "matrix.log");
        List<String> command = command(folder.make("node"), redis.address(), port);
        MatrixServer server = new MatrixServer(
                folder, redis, Child.start("Payara Micro", log, Map.of("MALLOC_ARENA_MAX", "2"), command), port);
        if (!Waiting.until(START, server.child::running, server::answers)) {
            String report = server.child.report();
            server.close();
            throw new IllegalStateException(report);
        }
        return server;
    }

    private static List<String> command(Path folder, String redis, int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("tests.jvm", "").strip().split("\\s+")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + folder, "-Dnearfar.address=" + redis));
        command.addAll(SETTINGS);
        command.addAll(List.of("-jar", System.getProperty("sample.build") + "/server/payara-micro.jar"));
        command.addAll(List.of("--disablephonehome", "--nocluster", "--rootdir", folder + "/root"));
        command.addAll(List.of("--port", String.valueOf(port)));
        command.addAll(List.of("--deploy", war(folder, "cdi", "io.nearfar.cdi.matrix")));
        command.addAll(List.of("--deploy", war(folder, "web", "io.nearfar.cdi.matrix.web")));
        return command;
    }

    private static String war(Path folder, String name, String packageName) {
        Path file = folder.resolve(name + ".war");
        Wars.of(packageName).as(ZipExporter.class).exportTo(file.toFile());
        return file.toString();
    }

    private boolean answers() {
        return MatrixChecks.PATHS.stream().allMatch(path -> status(path) == 200);
    }

    private int status(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The address that both applications are below. */
    String address() {
        return "http://" + Loopback.HOST + ":" + port + "/";
    }

    /** Ends Redis, for good. */
    void loseRedis() {
        redis.close();
    }

    @Override
    public void close() throws IOException {
        child.close();
        redis.close();
        folder.close();
    }
}
