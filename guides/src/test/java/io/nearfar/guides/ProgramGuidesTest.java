package io.nearfar.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.RealRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of programs that run to their end: first without a server, then on one, twice. */
@Timeout(1200)
class ProgramGuidesTest {
    @TempDir
    Path folder;

    static Stream<Guide> guides() {
        return Stream.of(
                Guide.of("getting-started", "A plain program"),
                Guide.of("frameworks/spring-boot", "From nothing to a cached method"));
    }

    @ParameterizedTest
    @MethodSource("guides")
    void page_doneAsItStands_leadsToACachedMethod(Guide guide) throws Exception {
        List<String> commands = guide.commands();
        assertThat(commands).as("what is run near, and tiered").hasSize(2);
        guide.writeFiles(folder);
        try (RealRedis redis = RealRedis.start()) {
            Terminal terminal = new Terminal(folder, Map.of("localhost:6379", redis.host()), Map.of());
            assertThat(terminal.run(commands.get(0))).contains("mode near").endsWith(guide.printed());
            assertThat(terminal.run(commands.get(1))).contains("mode tiered").endsWith(guide.printed());
            assertThat(terminal.run(commands.get(1)))
                    .as("once more")
                    .doesNotContain("asking")
                    .endsWith(guide.printed().replaceFirst("asking.*\n", ""));
            assertThat((List<?>) redis.call("KEYS", "*:e:cities:*")).hasSize(1);
        }
    }
}
