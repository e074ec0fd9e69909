package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Advice from what lies on a real server. */
@Timeout(120)
class AdviseTest {
    private static RealRedis redis;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void flush() {
        redis.flush();
    }

    @Test
    void advise_looksAtEachCache() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            NearfarCache<String, String> names = shop.eternal("names");
            IntStream.range(0, 50).forEach(i -> prices.put("k" + i, "v"));
            IntStream.range(0, 50).forEach(i -> names.put("k" + i, "v"));
            JsonNode tree =
                    ToolRun.json("advise", redis.address(), "--for", "0.1").tree();
            assertThat(tree.at("/caches").findValuesAsText("cache")).containsExactly("names", "prices");
            assertThat(tree.at("/caches/0/advice").asText()).startsWith("100 % live for ever");
            assertThat(tree.at("/caches/0/ttlMillis").isNull()).isTrue();
            assertThat(tree.at("/caches/1/ttlMillis").asLong()).isEqualTo(3_600_000);
            assertThat(tree.at("/caches/1/idleMillis").asLong()).isLessThan(600_000);
            assertThat(tree.at("/caches/1/advice").asText()).contains("2h");
            assertThat(ToolRun.of("advise", redis.address(), "--for", "0.1", "--cache", "prices")
                            .out())
                    .contains("prices")
                    .doesNotContain("names");
        }
    }

    @Test
    void advise_withoutIdleTimes_saysSo() {
        redis.call("ACL", "SETUSER", "looker", "on", ">p", "~*", "&*", "+@all", "-object");
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("k", "v");
            ToolRun run = ToolRun.of("advise", "redis://looker:p@" + redis.host(), "--for", "0.1");
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("unknown", "lacks the right to OBJECT");
        }
    }
}
