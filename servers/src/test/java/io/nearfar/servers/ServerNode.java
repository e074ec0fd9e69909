package io.nearfar.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on a free port of the loopback address, with the probe as its application. */
final class ServerNode implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String APPLICATION = "probe";

    /** That of Redis on the pages. */
    private static final String ADDRESS = "redis://cache:6379";

    private static final Duration START = Duration.ofMinutes(4);
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int GRACE_SECONDS = 30;
    private static final int SHOWN_LINES = 60;

    /** A collection clears soft references at once, by which the JDK else holds classes for as long as there is memory. */
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0");

    private final Server server;
    private final Path folder;
    private final Path war;
    private final War probe;
    private final Path log;
    private final int port;
    private final Process process;

    private ServerNode(Server server, String heading, Path folder, String redis, War probe)
            throws IOException, InterruptedException {
        ServerPage page = ServerPage.of(server.page());
        this.server = server;
        this.folder = Files.createDirectories(folder);
        this.port = freePort();
        this.probe = probe;
        this.log = folder.resolve("console.log");
        server.prepare(folder, port);
        for (String jar : page.jarsOfServer(heading)) {
            Libraries.copy(jar, folder);
        }
        for (var file : page.contents(heading).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().replace(ADDRESS, redis));
        }
        server.configure(folder, page, heading);
        this.war = Files.createDirectories(server.deployments(folder)).resolve(APPLICATION + ".war");
        this.process = start();
    }

    /** Starts one in a folder, prepared as its page says under a heading, and waits for the probe. */
    static ServerNode start(Server server, String heading, Path folder, String redis, War probe)
            throws IOException, InterruptedException {
        ServerNode node = new ServerNode(server, heading, folder, redis, probe);
        try {
            node.deploy(0);
            return node;
        } catch (Throwable failure) {
            failure.addSuppressed(new IllegalStateException(node.report()));
            node.close();
            throw failure;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns a program of the JDK that the servers run on. */
    static String program(String name) {
        String home = System.getProperty("servers.java", System.getProperty("java.home"));
        return Path.of(home, "bin", name).toString();
    }

    private Process start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program("java")));
        command.addAll(
                List.of(System.getProperty("tests.jvm", "-XX:+UseSerialGC").split("\\s+")));
        command.removeIf(String::isEmpty);
        command.addAll(OPTIONS);
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.addAll(server.command(folder, port));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(folder.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("NEARFAR_DEADLINE", "9s"); // a busy machine is no outage
        builder.environment().put("NEARFAR_CONNECT_TIMEOUT", "5s");
        builder.environment().putAll(server.environment(folder));
        Process started = builder.start();
        started.getOutputStream().close();
        return started;
    }

    /** Puts the probe of a round in the place of the one before, and waits until it answers. */
    void deploy(int round) throws IOException {
        probe.write(round, war);
        await("round " + round)
                .atMost(START)
                .failFast("The server has ended", () -> !process.isAlive())
                .until(() -> isRound(round));
    }

    /** Takes the application down, and waits until it has gone. */
    void undeploy() throws IOException {
        server.undeploy(war);
        await("end").atMost(START).until(() -> status("/" + APPLICATION + "/ask/round") != HttpURLConnection.HTTP_OK);
    }

    private boolean isRound(int round) {
        try {
            return ask("round").equals(String.valueOf(round));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Asks the probe over HTTP; throws unless all is well. */
    String ask(String question) throws IOException {
        return ask(question, new Browser());
    }

    /** Asks the probe as a client does that has been here or on another node before. */
    String ask(String question, Browser browser) throws IOException {
        HttpURLConnection connection = connection("/" + APPLICATION + "/ask/" + question);
        browser.show(connection);
        try (var in = connection.getInputStream()) {
            browser.keep(connection);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int status(String path) throws IOException {
        HttpURLConnection connection = connection(path);
        connection.getResponseCode();
        connection.disconnect();
        return connection.getResponseCode();
    }

    private HttpURLConnection connection(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + HOST + ":" + port + path).toURL().openConnection();
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    /** Asks the JVM, after a full collection, of how many deployments there is still the class loader. */
    long deployments() throws IOException, InterruptedException {
        return Programs.run(List.of(program("jcmd"), String.valueOf(process.pid()), "GC.class_histogram"), folder)
                .lines()
                .filter(line -> line.contains(" io.nearfar.servers.probe.Deployment"))
                .count();
    }

    /** Returns the lines that it has logged. */
    List<String> logged() {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(log + " cannot be read: " + e);
        }
    }

    /** The end of the log without frames of stacks, of which one alone may be longer. */
    private String report() {
        List<String> lines =
                logged().stream().filter(line -> !line.startsWith("\tat ")).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** Ends it at once, in the middle of whatever it does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
