package io.nearfar.benchmarks.size;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the same class path. */
final class Fork {
    private static final long LONGEST_MINUTES = 5;

    private Fork() {}

    /**
     * Runs a class and returns the last line that it printed.
     *
     * @throws IllegalStateException if it ends with an error or prints nothing; what it said last is in the text
     */
    static String lastLine(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            return output(new ProcessBuilder(command).redirectErrorStream(true).start(), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("No other JVM can be started", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("The run was interrupted while it measured", e);
        }
    }

    private static String output(Process process, List<String> arguments) throws IOException, InterruptedException {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            String last = output.substring(output.lastIndexOf('\n') + 1);
            if (!ended || process.exitValue() != 0 || last.isEmpty()) {
                throw new IllegalStateException("The JVM for " + arguments + " failed: " + last);
            }
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
