package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program of the README's first screen: it compiles and runs as it stands there, in a process of its own. */
@Timeout(120)
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("readme"));
    private static final Pattern PROGRAM =
            Pattern.compile("```java\n((?:import .*\n)+\npublic class (\\w+) .*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void program_runAsItStands_writesToRedisAndPrintsWhatItHasRead() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(README));
        assertThat(program.find()).as("a program in %s", README).isTrue();
        compile(program.group(2), program.group(1));
        try (RealRedis redis = RealRedis.start()) {
            assertThat(run(program.group(2), redis)).contains("City[name=Paris, population=2100000]");
            assertThat((List<?>) redis.call("KEYS", "*:e:cities:paris")).hasSize(1);
        }
    }

    private void compile(String name, String text) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        String[] words = {"-d", folder.toString(), "-cp", classPath(), source.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                .isZero();
    }

    /** Runs the program to its end; returns all that it has printed, and logged. */
    private String run(String name, RealRedis redis) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath(), name)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("NEARFAR_ADDRESS", redis.address());
        Process process = command.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    private String classPath() {
        return folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
    }
}
