package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a walk over the keys of a server while it goes on. */
@Timeout(120)
class ProgressTest {
    private static final Pattern SO_FAR = Pattern.compile("([0-9,.]+) keys looked at, ([0-9,.]+) entries removed");

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

    private static void fill(Cache<String, String> cache) {
        cache.putAll(IntStream.range(0, 1_400).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
    }

    /** Returns the amounts of the lines that tell how far a walk has come; there are no others beside the answer. */
    private static List<List<Long>> progress(ToolRun run) {
        return run.err()
                .lines()
                .map(line -> {
                    Matcher soFar = SO_FAR.matcher(line);
                    assertThat(soFar.matches()).as(line).isTrue();
                    return List.of(number(soFar.group(1)), number(soFar.group(2)));
                })
                .toList();
    }

    private static long number(String amount) {
        return Long.parseLong(amount.replaceAll("[,.]", ""));
    }

    /** Two pages of three are behind their pace by more than a second each, and the line is told once a second. */
    @ParameterizedTest
    @ValueSource(strings = {"pattern k*", "prefix k", "named"})
    void walkThatTakesLong_tellsHowFarItIs_besideTheAnswer(String way) {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            fill(prices);
            List<String> words = new ArrayList<>();
            if (way.equals("named")) {
                words.addAll(List.of("invalidate-named", redis.address(), "all"));
                words.addAll(List.of("--set", "nearfar.invalidation.all.caches=prices"));
                words.addAll(List.of("--set", "nearfar.invalidation.all.patterns=k*"));
            } else {
                words.addAll(List.of("invalidate", redis.address(), "prices"));
                words.addAll(List.of(way.split(" ")));
            }
            words.addAll(List.of("--rate", "400"));
            ToolRun run = ToolRun.of(words.toArray(String[]::new));
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("1,400");
            List<List<Long>> told = progress(run);
            assertThat(told).isNotEmpty();
            assertThat(told).isSortedAccordingTo(Comparator.comparing(soFar -> soFar.get(0)));
            assertThat(told).allMatch(soFar -> soFar.get(0) >= soFar.get(1) && soFar.get(1) <= 1_400);
            assertThat(told.get(0).get(1)).as("after a second").isLessThan(1_400L);
        }
    }

    /** Whoever ends it in its middle is told how far it was, and the rest is as it was. */
    @Test
    void walkThatIsInterrupted_tellsHowFarItWas_andLeavesTheRest() throws InterruptedException {
        try (Shop shop = new Shop(redis)) {
            NearfarCache<String, String> prices = shop.cache("prices");
            fill(prices);
            AtomicReference<ToolRun> ended = new AtomicReference<>();
            Thread tool = new Thread(() ->
                    ended.set(ToolRun.of("invalidate", redis.address(), "prices", "pattern", "k*", "--rate", "10")));
            tool.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> left() < 1_400);
            tool.interrupt();
            tool.join();
            assertThat(ended.get().exit()).isEqualTo(5);
            assertThat(ended.get().err()).contains("nearfar: Interrupted: ", " keys looked at, ");
            assertThat(left()).isBetween(1L, 1_399L);
        }
    }

    /** How many entries of the cache are there. */
    private static long left() {
        return ((List<?>) redis.call("KEYS", "*:e:prices:k*")).size();
    }
}
