package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of servers and caches. */
@Timeout(120)
class StatusTest {
    private static final RealRedis REDIS =
            RealRedis.start("--slowlog-log-slower-than", "0", "--slowlog-max-len", "10000");

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @BeforeEach
    void flush() {
        REDIS.flush();
        REDIS.call("CONFIG", "SET", "maxmemory", "0");
        REDIS.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }

    private static void fill() {
        try (Shop shop = new Shop(REDIS)) {
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
        ToolRun run = ToolRun.of("status", REDIS.address());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("prefix shop", "cache entries", "prices 1", "stock of: all 1", "names 41")
                .anyMatch(line -> line.matches(REDIS.host() + " Redis 6\\S+ master [\\d.]+ [kM]B none noeviction 0"));
    }

    @Test
    void status_asJson_isOneObject() {
        fill();
        REDIS.call("CONFIG", "SET", "maxmemory", "100mb");
        REDIS.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        JsonNode tree = ToolRun.json("status", REDIS.address()).tree();
        assertThat(tree.at("/prefix").asText()).isEqualTo("shop");
        assertThat(tree.at("/servers/0/address").asText()).isEqualTo(REDIS.host());
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
        try (Shop old = new Shop(REDIS);
                Shop shop = new Shop(REDIS, Shop.PREFIX, "nearfar.cache.prices.version", "2")) {
            old.<String, String>cache("prices").put("a", "1");
            shop.<String, String>cache("prices").put("b", "1".repeat(1_000));
            shop.<String, String>cache("prices~2").put("c", "1");
        }
        assertThat(ToolRun.of("status", REDIS.address()).lines())
                .contains("prices 1", "prices version 2 1", "prices~2 1");
        assertThat(ToolRun.of("largest", REDIS.address(), "--cache", "prices").lines())
                .contains("entries 2")
                .anyMatch(line -> line.endsWith("prices version 2 b"));
        JsonNode tree = ToolRun.json("no-expiry", REDIS.address()).tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(3);
        JsonNode entry = ToolRun.json("explain", REDIS.address(), "prices", "b", "--version", "2")
                .tree();
        assertThat(entry.at("/cache").asText()).isEqualTo("prices");
        assertThat(entry.at("/version").asInt()).isEqualTo(2);
        assertThat(entry.at("/name").asText()).contains(":e:prices~2:b");
    }

    /** Other keys on the server are none of its business, also where they look alike. */
    @Test
    void status_besideOthers_countsOursAlone() {
        try (Shop shop = new Shop(REDIS)) {
            shop.<String, String>cache("prices").put("a", "1");
        }
        REDIS.call("SET", "{shop~1}:e:prices:b", "no partition of ours has that tag, or the key another");
        REDIS.call("SET", "{shopping~1}:e:prices:b", "v");
        REDIS.call("SET", "session:4711", "v");
        assertThat(ToolRun.json("status", REDIS.address()).tree().at("/caches").toString())
                .isEqualTo("[{\"cache\":\"prices\",\"version\":0,\"entries\":1}]");
    }

    @Test
    void prefix_ifThereAreSeveral_mustBeSaid() {
        try (Shop one = new Shop(REDIS, "shop/test");
                Shop other = new Shop(REDIS, "shop/prod")) {
            one.<String, String>cache("prices").put("a", "1");
            other.<String, String>cache("prices").put("a", "1");
        }
        ToolRun run = ToolRun.of("status", REDIS.address());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--prefix <text>", "shop/prod, shop/test");
        assertThat(ToolRun.of("status", REDIS.address(), "--prefix", "shop/test")
                        .lines())
                .contains("prefix shop/test", "prices 1");
    }

    @Test
    void prefix_ifThereIsNone_isNoAnswer() {
        ToolRun run = ToolRun.of("status", REDIS.address());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("nearfar: Nearfar has written nothing to redis://" + REDIS.host());
    }

    @Test
    void largest_ofAllCaches_areInOrder() {
        fill();
        ToolRun run = ToolRun.of("largest", REDIS.address(), "--top", "2");
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("entries 43", "size cache key")
                .anyMatch(line -> line.matches("1\\d\\d kB names n40"))
                .anyMatch(line -> line.matches("1\\d\\.\\d kB names n39"));
        assertThat(run.out()).doesNotContain("n38");
        JsonNode tree =
                ToolRun.json("largest", REDIS.address(), "--cache", "prices").tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(1);
        assertThat(tree.at("/largest/0/key").asText()).isEqualTo("a");
        assertThat(tree.at("/largest/0/sizeBytes").asInt()).isBetween(80, 400);
        assertThat(ToolRun.of("largest", REDIS.address(), "--cache", "nothing").exit())
                .isEqualTo(1);
    }

    @Test
    void noExpiry_findsWhatLivesForEver() {
        fill();
        ToolRun run = ToolRun.of("no-expiry", REDIS.address(), "--top", "3");
        assertThat(run.lines()).contains("entries 43", "without expiry 41", "cache key");
        JsonNode tree =
                ToolRun.json("no-expiry", REDIS.address(), "--cache", "prices").tree();
        assertThat(tree.at("/entries").asInt()).isEqualTo(1);
        assertThat(tree.at("/withoutExpiry").asInt()).isZero();
        assertThat(tree.at("/some").size()).isZero();
    }

    @Test
    void memory_tellsLimitAndWhatToDo() {
        ToolRun run = ToolRun.of("memory", REDIS.address());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(REDIS.host() + " has no limit: without maxmemory");
        REDIS.call("CONFIG", "SET", "maxmemory", "100mb");
        assertThat(ToolRun.of("memory", REDIS.address()).out()).contains("refuses writes when it is full");
        REDIS.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        JsonNode tree = ToolRun.json("memory", REDIS.address()).tree();
        assertThat(tree.has("remarks")).isFalse();
        assertThat(tree.at("/servers/0/peakBytes").asLong()).isPositive();
        assertThat(tree.at("/servers/0/evicted").asLong()).isZero();
    }

    @Test
    void slowLog_namesOurScripts_andNoValues() {
        REDIS.call("SLOWLOG", "RESET");
        REDIS.call("SET", "other", "a secret value");
        REDIS.call("EVAL", "return 1", "0", "a secret argument");
        REDIS.call("ECHO", "a secret text");
        try (Shop shop = new Shop(REDIS)) {
            shop.<String, String>cache("prices").put("a", "another secret value");
        }
        ToolRun run = ToolRun.of("slowlog", REDIS.address(), "--top", "10000");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("EVAL(SHA)? write +\\{shop~\\d+}:e:prices:a")
                .containsPattern("SET +other")
                .doesNotContain("secret");
        JsonNode call =
                ToolRun.json("slowlog", REDIS.address(), "--top", "1").tree().at("/calls");
        assertThat(call.size()).isEqualTo(1);
        assertThat(call.at("/0/micros").isNumber()).isTrue();
        assertThat(call.at("/0/server").asText()).isEqualTo(REDIS.host());
    }
}
