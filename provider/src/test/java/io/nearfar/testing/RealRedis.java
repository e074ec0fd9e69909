package io.nearfar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis of a test's own: on 127.0.0.1, on a free port, without files, ended with the test.
 *
 * <pre>{@code
 * @BeforeAll static void start() { redis = RealRedis.start(); }       // one for the class, and anew if that runs once more
 * @AfterAll static void stop() { redis.close(); }
 * }</pre>
 *
 * {@link #start} takes what redis-server takes on its command line, as in {@code start("--requirepass", "secret")};
 * {@code {port}} in an argument stands for the port, as in {@code start("--port", "0", "--tls-port", "{port}")}. The
 * program is the one that the embedded-redis jar carries (6.2); {@link Program} names the others, Valkey among them, for
 * tests that hold on every one.
 */
public final class RealRedis implements AutoCloseable {
    private static final long START_MILLIS = 60_000;
    private static final Pattern READY = Pattern.compile("Ready to accept connections|Sentinel ID is");

    private final Program program;
    private final List<String> arguments;
    private final int port;
    private final Path folder;
    private Process process;

    private RealRedis(Program program, int port, List<String> arguments) {
        this.program = program;
        this.port = port;
        this.arguments = arguments.stream()
                .map(argument -> argument.replace("{port}", String.valueOf(port)))
                .toList();
        this.folder = temporaryFolder();
        launch();
    }

    /** Starts the embedded server. */
    public static RealRedis start(String... arguments) {
        return Program.EMBEDDED.start(arguments);
    }

    /** Starts a Sentinel that watches {@code master} under that name, with further arguments of the command line. */
    public static RealRedis sentinel(RealRedis master, String name, String... arguments) {
        try {
            Path config = Files.createTempFile("nearfar-sentinel", ".conf");
            config.toFile().deleteOnExit();
            Files.writeString(
                    config,
                    "sentinel monitor " + name + " 127.0.0.1 " + master.port + " 1\n"
                            + "sentinel down-after-milliseconds " + name + " 1000\n");
            List<String> words = new ArrayList<>(List.of(config.toString(), "--sentinel"));
            words.addAll(List.of(arguments));
            return master.program.start(words.toArray(new String[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A redis-server, or what takes its place, to be started. */
    public enum Program {
        /** The one in the embedded-redis jar, 6.2. */
        EMBEDDED(Optional::empty),
        /** The one of version 7 or later that is on the path: 7.0 on Debian 12. */
        INSTALLED(() -> Installed.REDIS),
        /** The valkey-server on the path: 8.0 of Debian 12's backports. */
        VALKEY(() -> Installed.VALKEY);

        private final Supplier<Optional<String>> installed;

        Program(Supplier<Optional<String>> installed) {
            this.installed = installed;
        }

        /** Returns those that are there. */
        public static Stream<Program> all() {
            return Stream.of(values()).filter(Program::isThere);
        }

        /** Returns those that are there and know sharded channels. */
        public static Stream<Program> sharding() {
            return all().filter(program -> program != EMBEDDED);
        }

        /** Returns the newest Redis that is there. */
        public static Program newestRedis() {
            return INSTALLED.isThere() ? INSTALLED : EMBEDDED;
        }

        private boolean isThere() {
            return this == EMBEDDED || installed.get().isPresent();
        }

        /** Starts a server with further arguments of redis-server's command line. */
        public RealRedis start(String... arguments) {
            return startAt(freePort(), arguments);
        }

        /** Starts a server on a port that the test has chosen. If the program is not there, the test is skipped. */
        public RealRedis startAt(int port, String... arguments) {
            assumeTrue(
                    isThere(),
                    "no "
                            + (this == VALKEY ? "valkey-server" : "redis-server of version 7 or later")
                            + " is on the path, so this is not tested");
            return new RealRedis(this, port, List.of(arguments));
        }

        /** Returns where the program is. */
        public String path() {
            return this == EMBEDDED
                    ? Embedded.FILE.getAbsolutePath()
                    : installed.get().orElseThrow();
        }
    }

    /** Looked for once in each JVM. */
    private static final class Installed {
        private static final Pattern VERSION = Pattern.compile(" v=(\\d+)\\.");
        private static final int SHARDED_CHANNELS_SINCE = 7;

        private static final Optional<String> REDIS = onThePath("redis-server", "Redis");
        private static final Optional<String> VALKEY = onThePath("valkey-server", "Valkey");

        private static Optional<String> onThePath(String program, String software) {
            return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .filter(path -> isNewEnough(path, software))
                    .findFirst();
        }

        /** A package may give Valkey the name of Redis, too. */
        private static boolean isNewEnough(String program, String software) {
            try {
                Process process = new ProcessBuilder(program, "--version").start();
                String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                Matcher version = VERSION.matcher(told);
                return told.startsWith(software)
                        && version.find()
                        && Integer.parseInt(version.group(1)) >= SHARDED_CHANNELS_SINCE;
            } catch (IOException e) {
                return false; // whatever has that name there
            }
        }
    }

    /** Taken out of its jar once for each JVM. */
    private static final class Embedded {
        private static final File FILE = extract();

        private static File extract() {
            try {
                File file = ExecutableProvider.newJarResourceProvider(
                                temporaryFolder().toFile())
                        .get();
                file.deleteOnExit();
                file.getParentFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded redis-server cannot be unpacked", e);
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("nearfar-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a port that was free a moment ago, also for a node of a cluster, which needs a second one. */
    public static int freePort() {
        return Ports.free();
    }

    private void launch() {
        List<String> command = new ArrayList<>(List.of(program.path()));
        command.addAll(arguments);
        command.addAll(List.of("--dir", folder.toString()));
        if (!arguments.contains("--bind")) {
            command.addAll(List.of("--bind", "127.0.0.1"));
        }
        if (!arguments.contains("--sentinel")) {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
        }
        if (!arguments.contains("--port")) {
            command.addAll(List.of("--port", String.valueOf(port)));
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server cannot be started: " + command, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitReady();
    }

    private void awaitReady() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!READY.matcher(log()).find()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("redis-server did not start: " + log());
            }
            pause(5);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the server has logged. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Returns the address as an application would configure it. */
    public String address() {
        return "redis://" + host();
    }

    /** Returns {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Connects without anything of ours, and without TLS; where the server asks for a password, with that. */
    public RespClient connect() {
        RespClient client = new RespClient(Integer.parseInt(argument("--port").orElse(String.valueOf(port))));
        argument("--requirepass").ifPresent(password -> client.call("AUTH", password));
        return client;
    }

    private Optional<String> argument(String name) {
        int at = arguments.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }

    /** Sends one command and returns the answer. */
    public Object call(Object... words) {
        try (RespClient client = connect()) {
            return client.call(words);
        }
    }

    /** Tells of a replica whether it has all that its master had when it came. */
    public boolean isReplicated() {
        return RespClient.text(call("INFO", "replication")).contains("master_link_status:up");
    }

    /** Removes all that the server holds. */
    public void flush() {
        call("FLUSHALL");
    }

    /** Stops the server in its tracks: connections stay open and nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + status);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server without a farewell; what it held is lost. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts a server that was killed, on the same port, empty. */
    public void restart() {
        launch();
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
