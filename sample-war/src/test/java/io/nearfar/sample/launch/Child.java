package io.nearfar.sample.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of ours, with a log; it reads nothing from us, and it ends when we close it. */
public final class Child implements AutoCloseable {
    private static final int GRACE_SECONDS = 20;
    private static final int SHOWN_LINES = 40;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a command; its output goes to {@code log}, whose folder must exist. */
    public static Child start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return new Child(name, log, process);
    }

    /** Whether it has not ended yet. */
    public boolean running() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The processes that it started, and theirs. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Completes when the process ends. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** What to say when it is not what it should be: its name, its state, and the end of its log. */
    public String report() throws IOException {
        List<String> lines = Files.readAllLines(log);
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        String state = running() ? " runs but does not answer" : " ended with " + process.exitValue();
        return name + state + "; the end of its log " + log + ":\n" + end;
    }

    /** Asks it to end, and makes it end if it has not within twenty seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
