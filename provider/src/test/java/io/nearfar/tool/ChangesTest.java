package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.NearfarCache;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tool changes, all nodes are told; and what it is not asked to change stays as it is. */
@Timeout(120)
class ChangesTest {
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
    void invalidateKey_endsTheEntryOnAllNodes() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.put("a", "1");
            prices.put("b", "2");
            assertThat(prices.get("a")).isEqualTo("1");
            ToolRun run = ToolRun.of("invalidate", redis.address(), "prices", "key", "a", "never");
            assertThat(run.exit()).isZero();
            assertThat(run.lines()).contains("a true", "never false");
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("a") == null);
            assertThat(prices.get("b")).isEqualTo("2");
            JsonNode tree = ToolRun.json("invalidate", redis.address(), "prices", "key", "b")
                    .tree();
            assertThat(tree.toString()).isEqualTo("{\"keys\":[{\"key\":\"b\",\"found\":true}]}");
            assertThat(ToolRun.of("invalidate", redis.address(), "prices", "key", "never")
                            .exit())
                    .isEqualTo(1);
        }
    }

    @Test
    void invalidateTag_endsWhatCarriesIt() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.put("a", "1", Shop.tags("red"));
            prices.put("b", "2", Shop.tags("blue"));
            prices.put("c", "3");
            ToolRun run = ToolRun.of("invalidate", redis.address(), "prices", "tag", "red", "green");
            assertThat(run).isEqualTo(new ToolRun(0, "invalidated  red, green\n", ""));
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("a") == null);
            assertThat(prices.get("b")).isEqualTo("2");
            assertThat(prices.get("c")).isEqualTo("3");
        }
    }

    @Test
    void clear_endsAll_andDeletesIt() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            NearfarCache<String, String> names = shop.cache("names");
            IntStream.range(0, 300).forEach(i -> prices.put("k" + i, "v"));
            names.put("a", "1");
            assertThat(ToolRun.of("clear", redis.address(), "prices"))
                    .isEqualTo(new ToolRun(0, "cleared  prices\n", ""));
            assertThat((List<?>) redis.call("KEYS", "*:e:prices:*")).isEmpty();
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("k1") == null);
            assertThat(names.get("a")).isEqualTo("1");
        }
    }

    /** A node that has one of them open hears of it; another prefix keeps what it has. */
    @Test
    void clear_ofAll_endsAllCachesOfThePrefix_inAllVersions() {
        try (Shop shop = new Shop(redis);
                Shop other = new Shop(redis, "another/prod")) {
            NearfarCache<String, String> prices = shop.cache("prices");
            NearfarCache<String, String> names = shop.cache("names");
            prices.put("a", "1");
            prices.version(2).put("a", "2");
            names.put("a", "1");
            NearfarCache<String, String> untouched = other.cache("prices");
            untouched.put("a", "1");
            ToolRun run = ToolRun.of("clear", redis.address(), "--all", "--prefix", Shop.PREFIX);
            assertThat(run.exit()).isZero();
            assertThat(run.lines()).contains("names", "prices", "prices version 2");
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("a") == null && names.get("a") == null);
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.version(2).get("a") == null);
            assertThat((List<?>) redis.call("KEYS", "*:e:*")).hasSize(1);
            assertThat(untouched.get("a")).isEqualTo("1");
        }
    }

    /** What is set of the application need not be there beside the tool. */
    @Test
    void clear_ofACacheWithACodecOfTheApplication_needsNone() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
            assertThat(ToolRun.of("clear", redis.address(), "prices", "--set", "nearfar.codec=kryo"))
                    .isEqualTo(new ToolRun(0, "cleared  prices\n", ""));
        }
    }

    @Test
    void clear_whereAnotherEnvironmentIsSet_clearsNothing() {
        try (Shop shop = new Shop(redis, "shop/prod")) {
            shop.<String, String>cache("prices").put("a", "1");
            ToolRun run = ToolRun.of("clear", redis.address(), "prices", "--set", "nearfar.environment=test");
            assertThat(run.exit()).isOne();
            assertThat(run.err()).contains("has written nothing to", "under */test");
            assertThat((List<?>) redis.call("KEYS", "*:e:prices:*")).hasSize(1);
        }
    }

    @Test
    void invalidatePrefixAndPattern_endWhatMatches_onAllNodes() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> feeds = shop.cache("feeds");
            List.of("feed:42:new", "feed:42:top", "feed:7:new", "feed:*").forEach(key -> feeds.put(key, "1"));
            shop.<String, String>cache("other").put("feed:42:new", "1");
            ToolRun run = ToolRun.of("invalidate", redis.address(), "feeds", "pattern", "feed:*:new");
            assertThat(run.exit()).isZero();
            assertThat(run.lines()).contains("pattern feed:*:new", "removed 2");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> feeds.get("feed:42:new") == null && feeds.get("feed:7:new") == null);
            assertThat(feeds.get("feed:42:top")).isEqualTo("1");
            JsonNode tree = ToolRun.json("invalidate", redis.address(), "feeds", "prefix", "feed:*", "--rate", "100000")
                    .tree();
            assertThat(tree.at("/removed").asInt()).isEqualTo(1);
            assertThat(tree.at("/looked").asLong()).isPositive();
            await().atMost(Duration.ofSeconds(30)).until(() -> feeds.get("feed:*") == null);
            assertThat(feeds.get("feed:42:top")).isEqualTo("1");
            assertThat((List<?>) redis.call("KEYS", "*:e:other:*")).hasSize(1);
        }
    }

    /** What the server has lost no walk finds, but a near tier may have it. */
    @Test
    void invalidatePattern_ofWhatOnlyANearTierHas_endsItThere() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> feeds = shop.cache("feeds");
            feeds.put("feed:1", "1");
            assertThat(feeds.get("feed:1")).isEqualTo("1");
            redis.call("DEL", new Keyspace(Shop.PREFIX).entryKey("feeds", "feed:1"));
            ToolRun run = ToolRun.of("invalidate", redis.address(), "feeds", "pattern", "feed:?");
            assertThat(run.lines()).contains("removed 0");
            await().atMost(Duration.ofSeconds(30)).until(() -> feeds.get("feed:1") == null);
        }
    }

    @Test
    void invalidatePattern_thatMeansNothing_isTold() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("feeds").put("feed:a", "1");
        }
        ToolRun run = ToolRun.of("invalidate", redis.address(), "feeds", "pattern", "feed:[ab");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("feed:[ab has a bracket that is not closed");
    }

    private static final String[] USER = {
        "--set", "nearfar.invalidation.user.parameters=id",
        "--set", "nearfar.invalidation.user.caches=prices, feed-*, none",
        "--set", "nearfar.invalidation.user.tags=user:{id}",
        "--set", "nearfar.invalidation.user.keys={id}",
        "--set", "nearfar.invalidation.user.prefixes=post:{id}:",
        "--set", "nearfar.invalidation.user.patterns=feed:{id}:*"
    };

    private static String[] named(String... words) {
        return Stream.of(new String[] {"invalidate-named", redis.address()}, words, USER)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }

    @Test
    void invalidateNamed_endsWhatItNames_inItsCaches_onAllNodes() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<Object, String> prices = shop.cache("prices");
            NearfarCache<String, String> feed = shop.cache("feed-new");
            NearfarCache<String, String> other = shop.cache("other");
            prices.put("tagged", "1", Shop.tags("user:7"));
            prices.put(7, "1");
            prices.put("post:7:a", "1");
            prices.put("feed:8:a", "1");
            feed.put("feed:7:a", "1");
            feed.put("feed:*:a", "1");
            other.put("7", "1");
            JsonNode tree = ToolRun.json(named("user", "id=7", "id=*")).tree();
            assertThat(tree.at("/caches").toString())
                    .isEqualTo("[{\"cache\":\"feed-new\",\"version\":0,\"removed\":2},"
                            + "{\"cache\":\"prices\",\"version\":0,\"removed\":2}]");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            prices.get("tagged") == null && prices.get(7) == null && prices.get("post:7:a") == null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> feed.get("feed:7:a") == null && feed.get("feed:*:a") == null);
            assertThat(prices.get("feed:8:a")).isEqualTo("1");
            assertThat(other.get("7")).isEqualTo("1");
        }
    }

    @Test
    void invalidateNamed_wrongly_saysWhatToDo() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("other").put("7", "1");
            assertThat(ToolRun.of(named("usr")).err()).contains("The settings declare no invalidation usr", "user(id)");
            assertThat(ToolRun.of("invalidate-named", redis.address(), "usr").err())
                    .contains("They declare none");
            assertThat(ToolRun.of(named("user")).err()).contains("user(id) is given no id");
            assertThat(ToolRun.of(named("user", "7")).err()).contains("<parameter>=<value>, not 7");
            ToolRun none = ToolRun.of(named("user", "id=7"));
            assertThat(none.exit()).isOne();
            assertThat(none.out()).contains("None of its caches is there: prices, feed-*, none");
        }
    }

    @Test
    void change_ofAVersion_leavesTheOthers() {
        try (Shop old = new Shop(redis);
                Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.cache.prices.version", "2")) {
            NearfarCache<String, String> before = old.cache("prices");
            NearfarCache<String, String> prices = shop.cache("prices");
            List.of("a", "b", "c").forEach(key -> {
                before.put(key, "0");
                prices.put(key, "2");
            });
            assertThat(ToolRun.of("invalidate", redis.address(), "prices", "key", "a", "--version", "2")
                            .lines())
                    .contains("a true");
            assertThat(ToolRun.of("invalidate", redis.address(), "prices", "prefix", "b", "--version", "2")
                            .lines())
                    .contains("removed 1");
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("a") == null && prices.get("b") == null);
            String configured = "nearfar.cache.prices.version=2";
            assertThat(ToolRun.of("get", redis.address(), "prices", "c", "--set", configured)
                            .out())
                    .isEqualTo("2\n");
            assertThat(ToolRun.of("clear", redis.address(), "prices", "--version", "2")
                            .out())
                    .isEqualTo("cleared  prices version 2\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("c") == null);
            assertThat(before.getAll(Set.of("a", "b", "c"))).hasSize(3);
            assertThat(ToolRun.of("clear", redis.address(), "prices", "--version", "3")
                            .err())
                    .contains("There is no cache prices version 3");
        }
    }

    /** A slip of the pen makes no cache: a clear would leave 64 metas. */
    @Test
    void change_ofACacheThatIsNotThere_changesNothing() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
        }
        Object before = redis.call("DEBUG", "DIGEST");
        for (String[] words : List.of(
                new String[] {"clear", redis.address(), "price"},
                new String[] {"invalidate", redis.address(), "price", "key", "a"},
                new String[] {"invalidate", redis.address(), "price", "tag", "a"})) {
            assertThat(ToolRun.of(words).exit()).isEqualTo(1);
        }
        assertThat(redis.call("DEBUG", "DIGEST")).isEqualTo(before);
    }

    /** Also where a node would heal or begin something: a meta and a chain are missing. */
    @Test
    void whatOnlyLooks_changesNothing() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.put("a", "1", Shop.tags("red"));
            prices.put("b", "1");
        }
        Keyspace keyspace = new Keyspace(Shop.PREFIX);
        int partition = keyspace.partition("prices", "b");
        redis.call("DEL", keyspace.metaKey("prices", partition), keyspace.chainKey(partition));
        Object before = redis.call("DEBUG", "DIGEST");
        for (String command : List.of("status", "check", "largest", "no-expiry", "memory", "slowlog")) {
            assertThat(ToolRun.of(command, redis.address()).exit()).as(command).isZero();
        }
        ToolRun.of("get", redis.address(), "prices", "a");
        ToolRun.of("get", redis.address(), "prices", "b");
        ToolRun.of("explain", redis.address(), "prices", "b");
        assertThat(ToolRun.of("watch", redis.address(), "--for", "0.1").exit()).isZero();
        assertThat(redis.call("DEBUG", "DIGEST")).isEqualTo(before);
    }

    @Test
    void bench_tellsHowFastItWas_andLeavesNothing() {
        try (Shop shop = new Shop(redis)) {
            shop.<String, String>cache("prices").put("a", "1");
            JsonNode tree =
                    ToolRun.json("bench", redis.address(), "--for", "0.05").tree();
            assertThat(tree.at("/calls").findValuesAsText("call")).containsExactly("write", "read", "write", "read");
            assertThat(tree.at("/calls").findValues("perSecond")).allMatch(speed -> speed.asLong() > 0);
            assertThat((List<?>) redis.call("KEYS", "*bench*")).isEmpty();
        }
    }

    @Test
    void watch_showsWhatHappens_asItHappens() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            NearfarCache<String, String> names = shop.cache("names");
            List.of("before", "a", "b").forEach(key -> prices.put(key, "0")); // a partition begins with a clear
            CompletableFuture<ToolRun> people = watch();
            CompletableFuture<ToolRun> json = watch("3", "--json");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> IntStream.range(0, Keyspace.PARTITIONS).allMatch(each -> subscribers(each) == 3));
            names.put("other", "1");
            prices.put("a", "1");
            prices.remove("a");
            prices.put("b", "1");
            assertThat(people.join().exit()).isZero();
            assertThat(people.join().out())
                    .contains("watching  shop\n")
                    .containsPattern("2\\S+Z entries prices a\n")
                    .endsWith("\nseen  3\n")
                    .doesNotContain("names", "before");
            List<String> lines = json.join().out().lines().toList();
            assertThat(lines).hasSize(5);
            assertThat(lines.stream()
                            .map(line -> ToolRun.tree(line).at("/names").toString()))
                    .contains("[\"a\"]", "[\"b\"]");
            assertThat(ToolRun.tree(lines.get(4)).at("/seen").asInt()).isEqualTo(3);
        }
    }

    /** Each is a message for each partition, and a pattern two. */
    @Test
    void watch_showsClearsTagsAndPatterns() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.clear();
            CompletableFuture<ToolRun> json = watch("180", "--json");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> IntStream.range(0, Keyspace.PARTITIONS).allMatch(each -> subscribers(each) == 2));
            prices.clear();
            prices.invalidateTag("red");
            prices.invalidatePattern("k*");
            List<JsonNode> news = json.join()
                    .out()
                    .lines()
                    .map(ToolRun::tree)
                    .filter(line -> line.has("kind"))
                    .toList();
            assertThat(news)
                    .extracting(line -> line.at("/kind").asText() + line.at("/names"))
                    .contains("clear[]", "tags[\"red\"]", "pattern[\"k*\"]");
        }
    }

    @Test
    void invalidate_softly_leavesWhatAnswersWhereALoadFails() throws Exception {
        try (Shop shop = new Shop(redis, Shop.PREFIX, "nearfar.grace", "1h", "nearfar.fail-safe.throttle", "0")) {
            NearfarCache<String, String> prices = shop.cache("prices");
            for (String way : List.of("key k", "tag red", "pattern ?", "prefix k")) {
                for (boolean soft : new boolean[] {true, false}) {
                    prices.put("k", "old", Shop.tags("red"));
                    List<String> words = new ArrayList<>(List.of("invalidate", redis.address(), "prices"));
                    words.addAll(List.of(way.split(" ")));
                    words.addAll(soft ? List.of("--soft") : List.of());
                    assertThat(ToolRun.of(words.toArray(String[]::new)).exit())
                            .as(way)
                            .isZero();
                    await().atMost(Duration.ofSeconds(30)).until(() -> prices.get("k") == null);
                    String answer = prices.getOrLoad(
                            "k",
                            () -> {
                                throw new IllegalStateException("away");
                            },
                            Throwable::getMessage);
                    assertThat(answer).as("%s, softly %s", way, soft).isEqualTo(soft ? "old" : "away");
                }
            }
        }
    }

    /** A page is 500 keys, and the next one begins when these are due. */
    @Test
    void invalidate_atARate_takesItsTime() {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            prices.putAll(IntStream.range(0, 1_200).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
            long begun = System.nanoTime();
            JsonNode tree = ToolRun.json("invalidate", redis.address(), "prices", "pattern", "k*", "--rate", "1000")
                    .tree();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(450));
            assertThat(tree.at("/removed").asInt()).isEqualTo(1_200);
        }
    }

    private static CompletableFuture<ToolRun> watch() {
        return watch("3");
    }

    private static CompletableFuture<ToolRun> watch(String count, String... further) {
        List<String> words = new ArrayList<>(
                List.of("watch", redis.address(), "--cache", "prices", "--count", count, "--for", "60"));
        words.addAll(List.of(further));
        return CompletableFuture.supplyAsync(
                () -> ToolRun.of(words.toArray(String[]::new)), work -> new Thread(work).start());
    }

    /** How many listen to a partition. */
    private static long subscribers(int partition) {
        String channel = new Keyspace(Shop.PREFIX).channel(partition);
        return (long) ((List<?>) redis.call("PUBSUB", "NUMSUB", channel)).get(1);
    }
}
