package io.nearfar.sample.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A node of the sample: Payara Micro with the packaged application. */
public final class PayaraNode implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(4);
    private static final int OK = 200;

    /** Payara Micro has no option for the address to listen at; this command sets it before the server starts. */
    private static final String LISTEN_AT =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Child child;
    private final String host;
    private final int port;

    private PayaraNode(Child child, String host, int port) {
        this.child = child;
        this.host = host;
        this.port = port;
    }

    /** Starts one; {@link #awaitReady} tells when it can be used. */
    public static PayaraNode start(NodePlan plan) throws IOException {
        Files.writeString(plan.folder().resolve("listen.txt"), LISTEN_AT + plan.host() + "\n");
        Child child = Child.start(
                plan.name(),
                plan.log(),
                Map.of("NEARFAR_ADDRESS", plan.redis(), "MALLOC_ARENA_MAX", "2"),
                command(plan));
        return new PayaraNode(child, plan.host(), plan.port());
    }

    private static List<String> command(NodePlan plan) {
        String folder = plan.folder().toString();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + folder, "-Dh2.bindAddress=" + Loopback.HOST));
        command.add("-Dgazetteer.node=" + plan.name());
        plan.settings().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", plan.micro().toString(), "--disablephonehome"));
        // Without the server's own data grid, which listens at every address even where it joins nobody.
        command.add("--nohazelcast");
        command.addAll(List.of("--rootdir", folder + "/root", "--port", String.valueOf(plan.port())));
        command.addAll(List.of("--prebootcommandfile", folder + "/listen.txt"));
        command.addAll(List.of("--deploy", plan.war().toString(), "--contextroot", "/"));
        return command;
    }

    /**
     * Waits until the application answers: a server whose deployment failed runs on, so only this address tells.
     *
     * @throws IllegalStateException with the end of the log, if it ended or does not answer within four minutes
     */
    public void awaitReady() throws IOException, InterruptedException {
        if (!Waiting.until(START, child::running, this::answers)) {
            throw new IllegalStateException(child.report());
        }
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "api/countries"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The address of the first page. */
    public String address() {
        return "http://" + ("0.0.0.0".equals(host) ? Loopback.HOST : host) + ":" + port + "/";
    }

    /** Completes when the server ends by itself, which it should not. */
    CompletableFuture<PayaraNode> ended() {
        return child.ended().thenApply(process -> this);
    }

    /** What tells its process from others. */
    public long pid() {
        return child.pid();
    }

    String report() throws IOException {
        return child.report();
    }

    @Override
    public void close() {
        child.close();
    }
}
