package io.nearfar.benchmarks.size;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link ReachProbe} in another JVM. */
final class ReachNode implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ReachNode(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a node, which is not ready yet. */
    static ReachNode start(String address) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReachProbe.class.getName(), address));
        try {
            return new ReachNode(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("No other JVM can be started", e);
        }
    }

    /** Waits until the node holds the entry. */
    void awaitReady() {
        String line = line();
        while (line != null && !line.equals(ReachProbe.READY)) {
            line = line();
        }
        if (line == null) {
            throw new IllegalStateException("A node ended before it was ready; is the server there?");
        }
    }

    /** Has the node end, and returns when it was told of writes. */
    List<Long> instants() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("A node cannot be told to end", e);
        }
        String line = line();
        if (line == null) {
            throw new IllegalStateException("A node ended before it said what it was told");
        }
        return Stream.of(line.split(" "))
                .filter(instant -> !instant.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private @Nullable String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("A node cannot be heard", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
