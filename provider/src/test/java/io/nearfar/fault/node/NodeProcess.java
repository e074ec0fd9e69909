package io.nearfar.fault.node;

import io.nearfar.fault.history.HistoryFile;
import io.nearfar.fault.history.Operation;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link NodeMain} or {@link LimitedMain} in a process of its own, as its test sees it. */
public final class NodeProcess implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * What is particular of a node.
     *
     * @param first folders whose classes go before those of this JVM
     * @param properties its system properties
     * @param environment what is added to its environment
     */
    public record Kit(List<Path> first, Map<String, String> properties, Map<String, String> environment) {
        public static final Kit PLAIN = new Kit(List.of(), Map.of(), Map.of());

        public static Kit of(List<Path> first, Map<String, String> properties) {
            return new Kit(first, properties, Map.of());
        }
    }

    /** Starts a node. */
    public static NodeProcess start(int number, Kit kit) {
        return start(NodeMain.class, number, kit);
    }

    /** Starts a node that asks a rate limiter, and others. */
    public static NodeProcess startLimited(int number, Kit kit) {
        return start(LimitedMain.class, number, kit);
    }

    private static NodeProcess start(Class<?> main, int number, Kit kit) {
        try {
            Path log = Files.createTempFile("nearfar-node", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command(main, number, kit)).redirectError(log.toFile());
            builder.environment().putAll(kit.environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            NodeProcess node = new NodeProcess(process, log);
            node.answer();
            node.checkClock();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Class<?> main, int number, Kit kit) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        kit.properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        StringBuilder classes = new StringBuilder();
        kit.first.forEach(folder -> classes.append(folder).append(File.pathSeparator));
        command.addAll(List.of("-cp", classes + System.getProperty("java.class.path"), main.getName()));
        command.add(String.valueOf(number));
        return command;
    }

    /**
     * All spans of a run are compared, over all JVMs. {@link System#nanoTime} promises that within one JVM only; on Linux
     * it reads the monotonic clock of the machine, and this proves that it does so here.
     */
    private void checkClock() {
        for (int i = 0; i < 10; i++) {
            long before = System.nanoTime();
            long there = Long.parseLong(ask("clock"));
            long after = System.nanoTime();
            if (there < before || there > after) {
                throw new IllegalStateException(
                        "this platform's System.nanoTime is not one clock for all JVMs: asked at " + before
                                + ", answered " + there + " at " + after);
            }
        }
    }

    /** Has the node do one thing, and returns its answer. */
    public String ask(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(String.valueOf(word));
        }
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(String.join("\t", texts))
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the node takes no orders: " + log(), e);
        }
        return answer();
    }

    /** Has the node do one thing while the caller does others. */
    public CompletableFuture<String> begin(Object... words) {
        return CompletableFuture.supplyAsync(() -> ask(words), work -> new Thread(work, "node-orders").start());
    }

    /** Has a node that asks a rate limiter make requests while the caller does others. */
    public CompletableFuture<Shots> fire(Fire fire) {
        return begin(fire.words()).thenApply(Shots::of);
    }

    private String answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(NodeMain.MARK + NodeMain.ERROR)) {
                    throw new IllegalStateException(line + "\n" + log());
                } else if (line.startsWith(NodeMain.MARK)) {
                    return line.substring(NodeMain.MARK.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the node's answer cannot be read: " + log(), e);
        }
        throw new IllegalStateException("the node has ended without an answer: " + log());
    }

    /** Returns what the node has done since it was last asked. */
    public List<Operation> history() {
        try {
            Path file = Files.createTempFile("nearfar-history", "");
            try {
                ask("history", file);
                return HistoryFile.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the node has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the node without a farewell. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            Files.delete(log);
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
