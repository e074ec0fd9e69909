package io.nearfar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** A program of a page, as it stands there: compiled, and run in a process of its own over a real Redis. */
public final class PageProgram {
    private final Path folder;
    private final String name;
    private final String classPath;

    private PageProgram(Path folder, String name, String libraries) {
        this.folder = folder;
        this.name = name;
        this.classPath = folder + File.pathSeparator + libraries;
    }

    /** What a program has printed, and what was logged. */
    public record Run(String printed, String log) {}

    /** Returns the first block of a page that is in that language. */
    public static String block(Path page, String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(page));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    /** Compiles the class of that name into a folder of the test's. */
    public static PageProgram compile(Path folder, String name, String text, String libraries) throws IOException {
        PageProgram program = new PageProgram(folder, name, libraries);
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        String[] words = {"-d", folder.toString(), "-cp", program.classPath, source.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                .isZero();
        return program;
    }

    /** Runs it to its end, which must be a good one, with further options of the JVM. */
    public Run run(RealRedis redis, String... options) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Path log = folder.resolve("log");
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        words.addAll(List.of(options));
        words.add(name);
        ProcessBuilder command =
                new ProcessBuilder(words).redirectError(log.toFile()).redirectOutput(printed.toFile());
        command.environment().put("NEARFAR_ADDRESS", redis.address());
        command.environment().put("NEARFAR_DEADLINE", "9s"); // a busy machine is no outage
        Process process = command.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return new Run(Files.readString(printed), Files.readString(log));
    }
}
