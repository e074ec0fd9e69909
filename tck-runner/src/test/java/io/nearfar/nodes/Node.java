package io.nearfar.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link NodeMain} in a process of its own, as its test sees it. */
final class Node implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private Node(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Node start(int number, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName()));
        command.add(Integer.toString(number));
        Node node = new Node(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        node.answer();
        return node;
    }

    /** Has the node's threads contest; the answer comes when all of them are done. */
    CompletableFuture<List<String>> contest(Contest contest) {
        try {
            orders.write(contest.name() + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the node takes no orders", e);
        }
        return CompletableFuture.supplyAsync(this::answer);
    }

    private List<String> answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(NodeMain.ANSWER)) {
                    return List.of(line.substring(NodeMain.ANSWER.length()).split(","));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the node's answer cannot be read", e);
        }
        throw new IllegalStateException("the node has ended without an answer; its error output says why");
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
