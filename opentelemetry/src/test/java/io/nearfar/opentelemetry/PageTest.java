package io.nearfar.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.RealRedis;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page as it stands there, compiled and run in a process of its own; there Redisson, which the jar has inside, is a provider too. */
@Timeout(120)
class PageTest {
    private static final Path PAGE = Path.of("..", "docs", "frameworks", "opentelemetry.md");

    @TempDir
    Path folder;

    private static String block(String language) throws Exception {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(PAGE));
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }

    @Test
    void program_runAsItStands_exportsWhatTheCacheHasDone() throws Exception {
        String path = folder + File.pathSeparator + System.getProperty("java.class.path");
        Path source = Files.writeString(folder.resolve("Observed.java"), block("java"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), "-cp", path, source.toString()))
                .isZero();
        Path printed = folder.resolve("printed");
        Path log = folder.resolve("log");
        try (RealRedis redis = RealRedis.start()) {
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djavax.cache.spi.CachingProvider=io.nearfar.spi.NearfarCachingProvider",
                            "-cp",
                            path,
                            "Observed")
                    .redirectError(log.toFile())
                    .redirectOutput(printed.toFile());
            command.environment().put("NEARFAR_ADDRESS", redis.address());
            command.environment().put("NEARFAR_DEADLINE", "9s"); // a busy machine is no outage
            Process process = command.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
        assertThat(Files.readString(log))
                .containsPattern("name=nearfar.cache.puts,.*value=1\\b")
                .containsPattern("name=nearfar.cache.far.operation.duration,.*write.*getCount=1");
    }
}
