package io.nearfar.sample.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The one command of the README: starts Redis and the nodes, prints their addresses, and runs until it is stopped; then
 * all it started ends and its temporary folder is gone. Settings, all by {@code -D}: {@code nodes} (1), {@code port} of
 * the first node (8080), {@code host} to listen at (127.0.0.1).
 */
public final class Launcher implements AutoCloseable {
    private static final int MOST_NODES = 8;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Path build;
    private volatile boolean closed;

    private Launcher(Path build) {
        this.build = build;
    }

    /**
     * Starts the sample.
     *
     * @param arguments the module's build folder
     */
    public static void main(String[] arguments) throws Exception {
        try (Launcher launcher = new Launcher(Path.of(arguments[0]))) {
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::close, "sample-stop"));
            launcher.run(number("nodes", 1, MOST_NODES), number("port", 8080, 65_535));
        }
    }

    private void run(int count, int port) throws Exception {
        try {
            List<PayaraNode> nodes = start(count, port);
            Object ended = CompletableFuture.anyOf(
                            nodes.stream().map(PayaraNode::ended).toArray(CompletableFuture<?>[]::new))
                    .get();
            throw new IllegalStateException(((PayaraNode) ended).report());
        } catch (Exception failure) {
            // Whatever fails while everything is being stopped fails because of that.
            if (!closed) {
                throw failure;
            }
        }
    }

    private static int number(String name, int usual, int most) {
        String text = System.getProperty(name, String.valueOf(usual));
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("-D" + name + "=" + text + " is no number from 1 to " + most
                    + "; without it, " + usual + " is taken");
        }
        return Integer.parseInt(text);
    }

    private List<PayaraNode> start(int count, int port) throws Exception {
        Folder folder = keep(new Folder());
        RedisServer redis = keep(RedisServer.start(folder.make("redis")));
        say("Redis for the far tier: " + redis.address());
        say("Starting " + count + (count == 1 ? " node" : " nodes") + " of Payara Micro; this takes a moment.");
        List<PayaraNode> nodes = new ArrayList<>();
        int next = port;
        for (int i = 1; i <= count; i++) {
            next = Loopback.port(host(), next);
            nodes.add(keep(PayaraNode.start(plan("node " + i, next, folder, redis, count))));
            next++;
        }
        for (PayaraNode node : nodes) {
            node.awaitReady();
        }
        greet(nodes);
        return nodes;
    }

    private NodePlan plan(String name, int port, Folder folder, RedisServer redis, int count) throws IOException {
        String file = name.replace(' ', '-');
        // One node keeps its database in memory; several share a file, which the first to open it serves to the others.
        String database = count == 1
                ? "jdbc:h2:mem:gazetteer;DB_CLOSE_DELAY=-1"
                : "jdbc:h2:file:" + folder.path().resolve("gazetteer") + ";AUTO_SERVER=TRUE";
        return new NodePlan(
                name,
                host(),
                port,
                folder.make(file),
                build.resolve("sample-" + file + ".log"),
                build.resolve("server/payara-micro.jar"),
                war(),
                redis.address(),
                Map.of("gazetteer.database", database + ";LOCK_TIMEOUT=60000;OPTIMIZE_REUSE_RESULTS=FALSE"));
    }

    private Path war() throws IOException {
        try (var files = Files.newDirectoryStream(build, "*.war")) {
            for (Path file : files) {
                return file;
            }
        }
        throw new IllegalStateException("no WAR in " + build + ": run the command of the README, which packages it");
    }

    private static String host() {
        return System.getProperty("host", Loopback.HOST);
    }

    private static void greet(List<PayaraNode> nodes) {
        say("");
        nodes.forEach(node -> say("  The gazetteer: " + node.address()));
        say("");
        say("  Sign in as ada (administrator), ben or chen (premium); the password is the name.");
        say("  Ctrl-C stops everything.");
        say("");
    }

    @SuppressWarnings("SystemOut") // The command's own words to the person who typed it.
    private static void say(String line) {
        System.out.println(line);
    }

    private synchronized <T extends AutoCloseable> T keep(T part) throws Exception {
        if (closed) {
            part.close();
            throw new IllegalStateException("stopped while starting");
        }
        started.push(part);
        return part;
    }

    /** Stops what was started, last first. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                say("could not be put away: " + failure);
            }
        }
    }
}
