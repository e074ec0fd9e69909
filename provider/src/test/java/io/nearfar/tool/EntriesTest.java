package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.NearfarCache;
import io.nearfar.config.Compression;
import io.nearfar.entry.Envelope;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.RealRedis;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of one entry: its value, all about it, and why it is dead. */
@Timeout(120)
class EntriesTest {
    private static RealRedis redis;
    private static final Keyspace KEYSPACE = new Keyspace(Shop.PREFIX);

    record City(String name) implements Serializable {}

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

    private static ToolRun get(String cache, String key) {
        return ToolRun.of("get", redis.address(), cache, key, "--prefix", Shop.PREFIX);
    }

    private static JsonNode explain(String cache, String key) {
        return ToolRun.json("explain", redis.address(), cache, key, "--prefix", Shop.PREFIX)
                .tree();
    }

    private static String name(String cache, String key) {
        return KEYSPACE.entryKey(cache, key);
    }

    @Test
    void get_ofALiveEntry_isItsValue() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, Object>cache("prices").put("a b", "12 €");
            assertThat(get("prices", "a b")).isEqualTo(new ToolRun(0, "12 €\n", ""));
            JsonNode tree =
                    ToolRun.json("get", redis.address(), "prices", "a b").tree();
            assertThat(tree.at("/value").asText()).isEqualTo("12 €");
            assertThat(tree.at("/type").asText()).isEqualTo("java.lang.String");
            assertThat(tree.at("/live").asBoolean()).isTrue();
        }
    }

    @Test
    void get_ofAValueWithControlCharacters_givesNoOrdersToTheTerminal() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, Object>cache("prices").put("a", "\u001b]0;x\u0007");
            assertThat(get("prices", "a")).isEqualTo(new ToolRun(0, "?]0;x?\n", ""));
            JsonNode tree = ToolRun.json("get", redis.address(), "prices", "a").tree();
            assertThat(tree.at("/value").asText()).isEqualTo("\u001b]0;x\u0007");
        }
    }

    /** Classes of the application are not beside the tool, and it runs no code of them. */
    @Test
    void get_ofAnotherClass_saysWhichAndDecodesNothing() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, Object>cache("cities").put("p", new City("Paris"));
            JsonNode tree = ToolRun.json("get", redis.address(), "cities", "p").tree();
            assertThat(tree.at("/decoded").asBoolean()).isFalse();
            assertThat(tree.at("/type").asText()).isEqualTo(City.class.getName());
            assertThat(tree.at("/codec").asText()).isEqualTo("java");
            ToolRun run = get("cities", "p");
            assertThat(run.exit()).isZero();
            assertThat(run.out()).startsWith("aced0005");
        }
    }

    /** Whatever the application trusts: who can write to the server runs no code in the tool. */
    @Test
    void get_ofAnotherClass_decodesNothing_alsoIfSettingsTrustAll() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, Object>cache("cities").put("p", new City("Paris"));
            JsonNode tree = ToolRun.json("get", redis.address(), "cities", "p", "--set", "nearfar.codec.trust=all")
                    .tree();
            assertThat(tree.at("/decoded").asBoolean()).isFalse();
        }
    }

    @Test
    void get_ofJson_isItsText() {
        try (Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.cities.codec", "json")) {
            shop.<String, Object>cache("cities").put("p", new City("Paris"));
            assertThat(get("cities", "p").out()).contains("{", "\"name\":\"Paris\"");
            assertThat(ToolRun.json("get", redis.address(), "cities", "p")
                            .tree()
                            .at("/codec")
                            .asText())
                    .isEqualTo("json");
        }
    }

    /** The tool has the JDK's method alone for sure; it expands what any node has compressed by that. */
    @Test
    void get_ofACompressedValue_expandsIt() {
        try (Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.cities.compression", "deflate")) {
            shop.<String, String>cache("cities").put("p", "Paris ".repeat(1_000));
            assertThat(get("cities", "p").out()).isEqualTo("Paris ".repeat(1_000) + "\n");
            assertThat(explain("cities", "p").at("/compression").asText()).isEqualTo("deflate");
            assertThat(explain("cities", "p").at("/valueBytes").asInt()).isLessThan(1_000);
        }
    }

    @Test
    void get_ofACompressedValueThatIsTooLongForTheTool_namesTheLimit() {
        try (Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.cities.compression", "deflate")) {
            shop.<String, String>cache("cities").put("p", "Paris ".repeat(1_000));
            String limit = "nearfar.cache.cities.value-limit=";
            ToolRun run = ToolRun.of("get", redis.address(), "cities", "p", "--set", limit + "1kB");
            assertThat(run.out())
                    .contains("compressed by deflate", "--set " + limit)
                    .doesNotContain("library");
            assertThat(ToolRun.of("get", redis.address(), "cities", "p", "--set", limit + "1MB")
                            .out())
                    .startsWith("Paris");
        }
    }

    /** Whoever can write to the server can make the checksum fit. */
    @Test
    void explain_ofACompressedValueThatIsDamaged_saysSo() {
        try (Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.prices.compression", "deflate")) {
            shop.<String, String>cache("prices").put("a", "1".repeat(6_000));
            Envelope sound = Envelope.read((byte[]) redis.call("GET", name("prices", "a")));
            assertThat(sound.compression()).isEqualTo(Compression.DEFLATE);
            Envelope damaged = new Envelope(
                    false,
                    sound.version(),
                    sound.created(),
                    sound.expires(),
                    sound.keyBytes(),
                    sound.compression(),
                    new byte[] {0, 0, 0, 9, -1, -1, -1},
                    sound.attributes());
            redis.call("SET", name("prices", "a"), damaged.bytes());
            assertDead("a", "garbage", "damaged");
        }
    }

    @Test
    void get_ofAKeyOfAnotherType_saysWhereItIs() {
        try (Shop shop = new Shop(redis)) {
            shop.<Long, String>cache("prices").put(42L, "12");
            ToolRun run = get("prices", "42");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out())
                    .isEqualTo("There is no live entry: nothing is there: never written, removed, expired or evicted\n"
                            + "There is an entry under ~l:42 (Long)\n");
            assertThat(get("prices", "~l:42")).isEqualTo(new ToolRun(0, "12\n", ""));
        }
    }

    @Test
    void get_ofAKeyOfSeveralOtherTypes_namesTheUsualOne() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<Number, String> prices = shop.cache("prices");
            prices.put(42L, "12");
            prices.put((short) 42, "12");
            prices.put(42, "12");
            assertThat(get("prices", "42").out()).endsWith("There is an entry under ~i:42 (Integer)\n");
        }
    }

    @Test
    void cache_thatIsNotThere_isSaid() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
            ToolRun run = get("price", "a");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("nearfar: There is no cache price under the prefix shop; status lists those"
                            + " that are, with their versions\n");
        }
    }

    @Test
    void explain_ofALiveEntry_tellsAllOfIt() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1".repeat(100), Shop.tags("red", "blue"));
            ToolRun run = ToolRun.of("explain", redis.address(), "prices", "a");
            assertThat(run.exit()).isZero();
            assertThat(run.lines())
                    .contains(
                            "key a",
                            "key size 0 B",
                            "name " + name("prices", "a"),
                            "state live",
                            "why caches answer with it",
                            "tags blue, red",
                            "near ttl as configured",
                            "compression none",
                            "type java.lang.String")
                    .anyMatch(line -> line.matches("lives 59m\\d+s"));
            JsonNode tree = explain("prices", "a");
            assertThat(tree.at("/partition").asInt()).isEqualTo(KEYSPACE.partition("prices", "a"));
            assertThat(tree.at("/livesMillis").asLong()).isBetween(3_000_000L, 3_600_000L);
            assertThat(tree.at("/ageMillis").asLong()).isBetween(0L, 120_000L);
            assertThat(tree.at("/stamp").asLong())
                    .isGreaterThan(tree.at("/clearedAt").asLong());
            assertThat(tree.at("/tags").toString()).isEqualTo("[\"blue\",\"red\"]");
            assertThat(tree.at("/sizeBytes").asLong())
                    .isGreaterThan(tree.at("/valueBytes").asLong());
        }
    }

    @Test
    void explain_ofAnEternalEntry_saysSo() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>eternal("names").put("a", "1");
            assertThat(ToolRun.of("explain", redis.address(), "names", "a").lines())
                    .contains("expires never", "lives for ever", "tags none");
            assertThat(explain("names", "a").at("/expires").isNull()).isTrue();
        }
    }

    private static void assertDead(String key, String state, String why) {
        ToolRun run = ToolRun.json("explain", redis.address(), "prices", key, "--prefix", Shop.PREFIX);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.tree().at("/state").asText()).isEqualTo(state);
        assertThat(run.tree().at("/why").asText()).contains(why);
        assertThat(get("prices", key).exit()).isEqualTo(1);
    }

    @Test
    void explain_ofADeadEntry_saysWhy() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.put("tagged", "1", Shop.tags("red"));
            prices.put("forgotten", "1", Shop.tags("green"));
            prices.put("cut", "1");
            prices.put("gone", "1");
            byte[] cleared = (byte[]) redis.call("GET", name("prices", "gone"));
            prices.invalidateTag("red");
            assertDead("tagged", "invalidated", "the tag red was invalidated");
            redis.call("DEL", KEYSPACE.tagsKey("prices", KEYSPACE.partition("prices", "forgotten")));
            assertDead("forgotten", "tags forgotten", "older than what is remembered of invalidations");
            redis.call("SET", name("prices", "cut"), "no envelope");
            assertDead("cut", "garbage", "damaged");
            redis.call("DEL", name("prices", "cut"));
            redis.call("LPUSH", name("prices", "cut"), "no string");
            assertDead("cut", "foreign", "no string");
            assertDead("never", "absent", "nothing is there");
            ToolRun.of("clear", redis.address(), "prices"); // with its sweep behind it
            redis.call("SET", name("prices", "gone"), cleared);
            assertDead("gone", "cleared", "the cache was cleared");
            redis.call("DEL", KEYSPACE.metaKey("prices", KEYSPACE.partition("prices", "gone")));
            assertDead("gone", "without meta", "meta is not there");
        }
    }

    @Test
    void explain_ofAnExpiredEntry_saysSo() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.put("brief", "1");
            byte[] bytes = (byte[]) redis.call("GET", name("prices", "brief"));
            ByteBuffer.wrap(bytes).putLong(26, 1_000_000);
            redis.call("SET", name("prices", "brief"), bytes); // as on a server whose own expiry is late
            assertDead("brief", "expired", "its time is up");
        }
    }

    @Test
    void explain_ofALoadUnderWay_saysSo() throws Exception {
        CompletableFuture<String> loaded = new CompletableFuture<>();
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            CompletableFuture<String> caller =
                    prices.getOrLoadAsync("slow", () -> loaded).toCompletableFuture();
            await().until(() -> redis.call("GET", name("prices", "slow")) != null);
            assertDead("slow", "loading", "somebody loads the value");
            loaded.complete("1");
            caller.get();
            assertThat(get("prices", "slow").out()).isEqualTo("1\n");
        }
    }
}
