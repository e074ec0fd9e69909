package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of servers and caches. */
@Timeout(120)
class StatusTest {
    private static RealRedis redis;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start("--slowlog-log-slower-than", "0", "--slowlog-max-len", "10000");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void flush() {
        redis.flush();
        redis.call("CONFIG", "SET", "maxmemory", "0");
        redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }

    private static void fill() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
            shop.<String, String>cache("stock of: all").put("k", "v");
            NearfarCache<String, String> names = shop.eternal("names");
            for (int i = 0; i < 41; i++) {
                names.put("n" + i, "x".repeat(i < 39 ? i : i == 39 ? 10_000 : 100_000));
            }
        }
    }

    @Test
    void status_forPeople_showsServersAndCaches() {
        fill();
        ToolRun run = ToolRun.of("status", redis.address());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("prefix shop", "cache entries", "prices 1", "stock of: all 1", "names 41")
                .anyMatch(line -> line.matches(redis.host() + " Redis 6\\S+ master [\\d.]+ [kM]B none noeviction 0"));
    }

    @Test
    void status_ofValkey_saysSo() {
        try (RealRedis valkey = Program.VALKEY.start()) {
            ToolRun run = ToolRun.of("status", valkey.address(), "--prefix", "shop");
            assertThat(run.lines()).anyMatch(line -> line.matches(valkey.host() + " Valkey [89]\\S+ master .*"));
        }
    }

    @Test
    void status_asJson_isOneObject() {
        fill();
        redis.call("CONFIG", "SET", "maxmemory", "100mb");
        redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        JsonNode tree = ToolRun.json("status", redis.address()).tree();
        assertThat(tree.at("/prefix").asText()).isEqualTo("shop");
        assertThat(tree.at("/servers/0/address").asText()).isEqualTo(redis.host());
        assertThat(tree.at("/servers/0/role").asText()).isEqualTo("master");
        assertThat(tree.at("/servers/0/limitBytes").asLong()).isEqualTo(100 << 20);
        assertThat(tree.at("/servers/0/memoryBytes").asLong()).isPositive();
        assertThat(tree.at("/servers/0/policy").asText()).isEqualTo("allkeys-lru");
        assertThat(tree.at("/caches").toString())
                .isEqualTo("[{\"cache\":\"names\",\"version\":0,\"entries\":41},"
                        + "{\"cache\":\"prices\",\"version\":0,\"entries\":1},"
                        + "{\"cache\":\"stock of: all\",\"version\":0,\"entries\":1}]");
    }

    @Test
    void versions_areToldApart() {
        try (Shop old = new Shop(redis);
                Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.prices.version", "2")) {
            old.<String, String>cache("prices").put("a", "1");
            shop.<String, String>cache("prices").put("b", "1".repeat(1_000));
            shop.<String, String>cache("prices~2").put("c", "1");
        }
        assertThat(ToolRun.of("status", redis.address()).lines())
                .contains("prices 1", "prices version 2 1", "prices~2 1");
        assertThat(ToolRun.of("largest", redis.address(), "--cache", "prices").lines())
                .contains("entries 2")
                .anyMatch(line -> line.endsWith("prices version 2 b"));
        JsonNode tree = ToolRun.json("no-expiry", redis.address()).tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(3);
        JsonNode entry = ToolRun.json("explain", redis.address(), "prices", "b", "--version", "2")
                .tree();
        assertThat(entry.at("/cache").asText()).isEqualTo("prices");
        assertThat(entry.at("/version").asInt()).isEqualTo(2);
        assertThat(entry.at("/name").asText()).contains(":e:prices~2:b");
    }

    /** Other keys on the server are none of its business, also where they look alike. */
    @Test
    void status_besideOthers_countsOursAlone() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
        }
        redis.call("SET", "{shop~1}:e:prices:b", "no partition of ours has that tag, or the key another");
        redis.call("SET", "{shopping~1}:e:prices:b", "v");
        redis.call("SET", "session:4711", "v");
        assertThat(ToolRun.json("status", redis.address()).tree().at("/caches").toString())
                .isEqualTo("[{\"cache\":\"prices\",\"version\":0,\"entries\":1}]");
    }

    @Test
    void prefix_ifThereAreSeveral_mustBeSaid() {
        try (Shop one = new Shop(redis, "shop/test");
                Shop other = new Shop(redis, "shop/prod")) {
            one.<String, String>cache("prices").put("a", "1");
            other.<String, String>cache("prices").put("a", "1");
        }
        ToolRun run = ToolRun.of("status", redis.address());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--prefix <text>", "shop/prod, shop/test");
        assertThat(ToolRun.of("status", redis.address(), "--prefix", "shop/test")
                        .lines())
                .contains("prefix shop/test", "prices 1");
    }

    @Test
    void prefix_ifThereIsNone_isNoAnswer() {
        ToolRun run = ToolRun.of("status", redis.address());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("nearfar: Nearfar has written nothing to redis://" + redis.host());
    }

    @Test
    void largest_ofAllCaches_areInOrder() {
        fill();
        ToolRun run = ToolRun.of("largest", redis.address(), "--top", "2");
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("entries 43", "size cache key")
                .anyMatch(line -> line.matches("1\\d\\d kB names n40"))
                .anyMatch(line -> line.matches("1\\d\\.\\d kB names n39"));
        assertThat(run.out()).doesNotContain("n38");
        JsonNode tree =
                ToolRun.json("largest", redis.address(), "--cache", "prices").tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(1);
        assertThat(tree.at("/largest/0/key").asText()).isEqualTo("a");
        assertThat(tree.at("/largest/0/sizeBytes").asInt()).isBetween(80, 400);
        assertThat(ToolRun.of("largest", redis.address(), "--cache", "nothing").exit())
                .isEqualTo(1);
    }

    @Test
    void noExpiry_findsWhatLivesForEver() {
        fill();
        ToolRun run = ToolRun.of("no-expiry", redis.address(), "--top", "3");
        assertThat(run.lines()).contains("entries 43", "without expiry 41", "cache key");
        JsonNode tree =
                ToolRun.json("no-expiry", redis.address(), "--cache", "prices").tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(1);
        assertThat(tree.at("/withoutExpiry").asInt()).isZero();
        assertThat(tree.at("/some").size()).isZero();
    }

    @Test
    void memory_tellsLimitAndWhatToDo() {
        ToolRun run = ToolRun.of("memory", redis.address());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(redis.host() + " has no limit of memory: it takes what there is");
        redis.call("CONFIG", "SET", "maxmemory", "100mb");
        assertThat(ToolRun.of("memory", redis.address()).out()).contains("Set maxmemory-policy volatile-lru");
        redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        JsonNode tree = ToolRun.json("memory", redis.address()).tree();
        assertThat(tree.has("remarks")).isFalse();
        assertThat(tree.at("/servers/0/peakBytes").asLong()).isPositive();
        assertThat(tree.at("/servers/0/evicted").asLong()).isZero();
    }

    @Test
    void slowLog_namesOurScripts_andNoValues() {
        redis.call("SLOWLOG", "RESET");
        redis.call("SET", "other", "a secret value");
        redis.call("EVAL", "return 1", "0", "a secret argument");
        redis.call("ECHO", "a secret text");
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "another secret value");
        }
        ToolRun run = ToolRun.of("slowlog", redis.address(), "--top", "10000");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("EVAL(SHA)? write +\\{shop~\\d+}:e:prices:a")
                .containsPattern("SET +other")
                .doesNotContain("secret");
        JsonNode call =
                ToolRun.json("slowlog", redis.address(), "--top", "1").tree().at("/calls");
        assertThat(call.size()).isEqualTo(1);
        assertThat(call.at("/0/micros").isNumber()).isTrue();
        assertThat(call.at("/0/server").asText()).isEqualTo(redis.host());
    }
}
