package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.packaged.NearfarByName;
import io.nearfar.packaged.ProviderJar;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar is a program as well, with nothing beside it. */
@Timeout(120)
class ToolTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {}

    private Run run(String... words) throws IOException, InterruptedException {
        Path copy = folder.resolve("tool.jar");
        if (!Files.exists(copy)) {
            try (ProviderJar jar = ProviderJar.onTheClassPath()) {
                Files.copy(jar.path(), copy);
            }
        }
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", copy.toString()));
        command.addAll(List.of(words));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().remove("CLASSPATH");
        int exit = process.start().waitFor();
        return new Run(
                exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void jar_startedAlone_readsAndClearsARealServer() throws IOException, InterruptedException {
        try (RealRedis redis = RealRedis.start()) {
            put(redis, "a", "12 €");
            assertThat(run("get", redis.address(), "prices", "a")).isEqualTo(new Run(0, "12 €\n", ""));
            assertThat(run("clear", redis.address(), "prices")).isEqualTo(new Run(0, "cleared  prices\n", ""));
        }
    }

    private static void put(RealRedis redis, String key, String value) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", redis.address());
        settings.setProperty("nearfar.prefix", "shop");
        settings.setProperty("nearfar.deadline", "9s");
        settings.setProperty("nearfar.start", "require");
        try (CachingProvider provider = Caching.getCachingProvider(NearfarByName.CLASS)) {
            Cache<String, String> prices =
                    provider.getCacheManager(null, null, settings).createCache("prices", new MutableConfiguration<>());
            prices.put(key, value);
        }
    }
}
