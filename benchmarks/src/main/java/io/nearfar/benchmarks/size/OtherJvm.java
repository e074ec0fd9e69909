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

/** A program of ours that runs in another JVM, says when it is ready, and answers lines. */
final class OtherJvm implements AutoCloseable {
    /** What such a program says first. */
    static final String READY = "ready";

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one, which is not ready yet. */
    static OtherJvm start(Class<?> program, String address) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), address));
        try {
            return new OtherJvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("No other JVM can be started", e);
        }
    }

    /** Waits until it is ready. */
    void awaitReady() {
        String line = line();
        while (line != null && !line.equals(READY)) {
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

    /** Has it answer a line. */
    String answer(String question) {
        try {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A node cannot be asked", e);
        }
        String line = line();
        if (line == null) {
            throw new IllegalStateException("A node ended before it answered: " + question);
        }
        return line;
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
