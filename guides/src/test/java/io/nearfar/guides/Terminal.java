package io.nearfar.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs commands of a page in a folder, as the shell reads them. Only addresses that a page takes as given are replaced, by
 * those of this test.
 */
final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path folder;
    private final Map<String, String> addresses;
    private final Map<String, String> environment = new TreeMap<>();
    private final Path log;
    private Process running;

    Terminal(Path folder, Map<String, String> addresses, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.addresses = addresses;
        this.log = Files.createTempFile(folder, "terminal", ".log");
        String java = System.getProperty("java.home");
        this.environment.put("JAVA_HOME", java);
        this.environment.put(
                "PATH",
                Stream.of(System.getProperty("maven.home") + "/bin", java + "/bin", System.getenv("PATH"))
                        .reduce((one, next) -> one + File.pathSeparator + next)
                        .orElseThrow());
        this.environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + UsersRepository.folder());
        this.environment.put("NEARFAR_DEADLINE", "9s"); // a busy machine is no outage
        this.environment.put("NEARFAR_CONNECT_TIMEOUT", "5s");
        this.environment.putAll(environment);
        Files.createDirectories(folder.resolve(".mvn"));
        Files.writeString(
                folder.resolve(".mvn/maven.config"),
                "is true".equals(System.getProperty("maven.offline")) ? "-o\n" : "");
    }

    /** Runs a block to its end, which must be a good one; returns all that is shown. */
    String run(String commands) throws IOException, InterruptedException {
        start(commands);
        try {
            assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends: " + shown())
                    .isTrue();
            assertThat(running.exitValue()).as(shown()).isZero();
            return shown();
        } finally {
            close();
        }
    }

    /** Starts a block of which the last command is a server, and waits for what it shows when it can be asked. */
    void start(String commands, List<String> ready) throws IOException {
        start(commands);
        try {
            await(String.join(", ", ready))
                    .atMost(PATIENCE)
                    .failFast("it has ended", () -> !running.isAlive())
                    .until(() -> ready.stream().allMatch(shown()::contains));
        } catch (RuntimeException failure) {
            throw new IllegalStateException(shown(), failure);
        }
    }

    private void start(String commands) throws IOException {
        String said = commands;
        for (var address : addresses.entrySet()) {
            said = said.replace(address.getKey(), address.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", said)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(NEARFAR|REDIS|VALKEY|MAVEN)_.*|JDK_JAVA_OPTIONS|JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        running = builder.start();
        running.getOutputStream().close();
    }

    /** Returns all that was shown since the last start. */
    String shown() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what runs, and all that it has started. */
    @Override
    public void close() {
        Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList()
                .forEach(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
    }
}
