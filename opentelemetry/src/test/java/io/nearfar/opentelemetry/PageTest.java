package io.nearfar.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.PageProgram;
import io.nearfar.testing.RealRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page as it stands there; where it runs Redisson, which the jar has inside, is a provider too. */
@Timeout(120)
class PageTest {
    private static final Path PAGE = Path.of("..", "docs", "frameworks", "opentelemetry.md");

    @Test
    void program_runAsItStands_exportsWhatTheCacheHasDone(@TempDir Path folder) throws Exception {
        PageProgram program = PageProgram.compile(
                folder, "Observed", PageProgram.block(PAGE, "java"), System.getProperty("java.class.path"));
        try (RealRedis redis = RealRedis.start()) {
            assertThat(program.run(redis, "-Djavax.cache.spi.CachingProvider=io.nearfar.spi.NearfarCachingProvider")
                            .log())
                    .containsPattern("name=nearfar.cache.puts,.*value=1\\b")
                    .containsPattern("name=nearfar.cache.far.operation.duration,.*write.*getCount=1");
        }
    }
}
