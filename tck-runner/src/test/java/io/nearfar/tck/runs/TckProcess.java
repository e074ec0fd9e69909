package io.nearfar.tck.runs;

import io.nearfar.tck.TckMain;
import io.nearfar.tck.TckMode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link TckMain} in a process of its own. */
final class TckProcess implements AutoCloseable {
    private static final long LONGEST_SECONDS = 900;
    private static final List<String> HANDED_ON = List.of("tck.", "javax.cache.", "org.jsr107.", "org.slf4j.");

    private final TckMode mode;
    private final Process process;
    private final Path output;

    private TckProcess(TckMode mode, Process process, Path output) {
        this.mode = mode;
        this.process = process;
        this.output = output;
    }

    static List<TckProcess> startAll(List<TckMode> modes) throws IOException {
        List<TckProcess> started = new ArrayList<>();
        for (TckMode mode : modes) {
            started.add(start(mode));
        }
        return started;
    }

    private static TckProcess start(TckMode mode) throws IOException {
        forgetEarlierRuns(mode.results());
        Path output = mode.results().resolve("tck-output.txt");
        Process process = new ProcessBuilder(command(mode))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new TckProcess(mode, process, output);
    }

    /** What an earlier build has left must not count for this one. */
    private static void forgetEarlierRuns(Path results) throws IOException {
        Files.createDirectories(results);
        try (Stream<Path> old = Files.list(results)) {
            for (Path file : old.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> command(TckMode mode) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(System.getProperty("tests.jvm", "").split(" "))
                .filter(flag -> !flag.isEmpty())
                .forEach(command::add);
        Properties properties = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> HANDED_ON.stream().anyMatch(name::startsWith))
                .forEach(name -> properties.setProperty(name, System.getProperty(name)));
        if (mode.hasFarTier()) {
            try (Reader settings = Files.newBufferedReader(Path.of(
                    System.getProperty("tck.settings"),
                    mode == TckMode.FAR ? "far.properties" : "tiered.properties"))) {
                properties.load(settings);
            }
        }
        properties.setProperty("tck.mode", mode.results().getFileName().toString());
        properties.setProperty("test.process", Integer.toString(mode.ordinal()));
        properties.stringPropertyNames().forEach(name -> command.add("-D" + name + "=" + properties.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TckMain.class.getName()));
        return command;
    }

    /** Waits for its end and returns its exit code; one that takes too long is ended. */
    int end() throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    String description() {
        return "the TCK in mode " + mode.words() + ", which has written to " + output;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
