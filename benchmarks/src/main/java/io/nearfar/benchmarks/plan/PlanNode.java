package io.nearfar.benchmarks.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link PlanProbe} in another JVM. */
final class PlanNode implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private PlanNode(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * What a node has done since it began.
     *
     * @param messages that it has received
     * @param calls that it has made
     * @param late how many of them came late, for the node had no processor
     */
    record Done(long messages, long calls, long late) {
        Done since(Done before) {
            return new Done(messages - before.messages, calls - before.calls, late - before.late);
        }
    }

    /** Starts a node, which is not ready yet. */
    static PlanNode start(String address, Workload work, int number) {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PlanProbe.class.getName(),
                address,
                String.valueOf(work.reads()),
                String.valueOf(work.writes()),
                String.valueOf(work.keys()),
                String.valueOf(number));
        try {
            return new PlanNode(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("No other JVM can be started", e);
        }
    }

    /** Waits until the node has read everything once. */
    void awaitReady() {
        while (!line().equals(PlanProbe.READY)) {
            // Something else says what it has to say
        }
    }

    /** Has it work from now on. */
    void begin() {
        say();
    }

    /** Asks what it has done. */
    Done done() {
        say();
        String[] parts = line().split(" ");
        return new Done(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    private void say() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A node cannot be told anything", e);
        }
    }

    private String line() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("A node ended before its time; is the server there?");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("A node cannot be heard", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
