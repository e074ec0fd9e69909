package io.nearfar.nodes.features;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A {@link WorkerMain} in a process of its own, as its test sees it. Safe for use by several threads. */
final class Worker implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final long LONGEST_END_SECONDS = 30;

    private final Process process;
    private final Writer orders;
    private final Map<String, CompletableFuture<Object>> open = new ConcurrentHashMap<>();
    private int number;

    private Worker(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts one, which is ready when the stage completes. */
    static CompletableFuture<Worker> start(URI settings, Map<String, String> properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", classPath(), WorkerMain.class.getName(), settings.toString()));
        Worker worker = new Worker(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        CompletableFuture<Object> ready = new CompletableFuture<>();
        worker.open.put(WorkerMain.READY, ready);
        Thread reader = new Thread(worker::read, "answers");
        reader.setDaemon(true);
        reader.start();
        return ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).thenApply(any -> worker);
    }

    /** Behind what all tests have there are the libraries that users may add. */
    private static String classPath() {
        String further = System.getProperty("optional.libraries");
        String own = System.getProperty("java.class.path");
        return further == null ? own : own + File.pathSeparator + further + File.separator + "*";
    }

    private void read() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(WorkerMain.ANSWER)) {
                    String[] words = line.substring(WorkerMain.ANSWER.length()).split(" ");
                    end(open.remove(words[0]), (Outcome) Outcome.read(words[1]));
                }
            }
        } catch (IOException e) {
            // the end of the process is told below
        }
        open.values()
                .forEach(answer -> answer.completeExceptionally(
                        new IllegalStateException("the process has ended without an answer")));
    }

    private static void end(CompletableFuture<Object> answer, Outcome outcome) {
        if (outcome.failure() == null) {
            answer.complete(outcome.value());
        } else {
            answer.completeExceptionally(new AssertionError("in the other JVM: " + outcome.failure()));
        }
    }

    /** Has it do something while the test does something else. */
    @SuppressWarnings("unchecked") // the errand says what it answers with
    <R> CompletableFuture<R> begin(Errand<R> errand) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        try {
            synchronized (orders) {
                String name = Integer.toString(number++);
                open.put(name, answer);
                orders.append(name).append(' ').append(Outcome.text(errand)).append('\n');
                orders.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the process takes no orders", e);
        }
        return (CompletableFuture<R>) answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Has it do something, and returns its answer. */
    <R> R ask(Errand<R> errand) {
        return begin(errand).join();
    }

    /** Like {@link #ask}, for a text. */
    String text(Errand<String> errand) {
        return ask(errand);
    }

    /** Like {@link #ask}, for a yes or no. */
    boolean is(Errand<Boolean> errand) {
        return ask(errand);
    }

    /** Like {@link #ask}, for a number. */
    long number(Errand<Number> errand) {
        return ask(errand).longValue();
    }

    /** Has it do something. */
    void tell(Errand.Deed deed) {
        ask(place -> {
            deed.run(place);
            return null;
        });
    }

    /** Ends it without a farewell. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
