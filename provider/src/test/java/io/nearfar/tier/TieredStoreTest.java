package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Reply;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one real Redis. */
class TieredStoreTest {
    private static RealRedis redis;
    private static final Duration SOON = Duration.ofSeconds(30);

    private Node here;
    private Node there;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        redis.flush();
        here = Node.over(redis, Mode.TIERED);
        there = Node.over(redis, Mode.TIERED);
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    @Test
    void lookup_afterFirstRead_isAnsweredNear() {
        here.put("paris", "2.1 million");
        assertThat(there.get("paris")).isEqualTo("2.1 million");
        assertThat(there.get("paris")).isEqualTo("2.1 million");
        assertThat(there.signals.figures(there.cache.nearSize()).farHits()).isEqualTo(1);
        assertThat(there.signals.figures(there.cache.nearSize()).nearHits()).isEqualTo(1);
        assertThat(here.get("paris")).isEqualTo("2.1 million");
        assertThat(here.signals.figures(here.cache.nearSize()).nearHits())
                .as("the writer's own fill")
                .isEqualTo(1);
    }

    @Test
    void apply_onOneNode_isSeenByTheOther() {
        here.put("paris", "old");
        assertThat(there.get("paris")).isEqualTo("old");
        here.put("paris", "new");
        await().atMost(SOON).untilAsserted(() -> assertThat(there.get("paris")).isEqualTo("new"));
        here.remove("paris");
        await().atMost(SOON).untilAsserted(() -> assertThat(there.get("paris")).isNull());
    }

    @Test
    void apply_keyThatItsTextDoesNotGive_isInvalidatedOnTheOther() {
        here.put("#odd key", "old");
        assertThat(there.get("#odd key")).isEqualTo("old");
        here.put("#odd key", "new");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(there.get("#odd key")).isEqualTo("new"));
    }

    @Test
    void clear_onOneNode_emptiesBothNearTiers() {
        IntStream.range(0, 200).forEach(i -> here.put("k" + i, "v" + i));
        IntStream.range(0, 200).forEach(i -> assertThat(there.get("k" + i)).isEqualTo("v" + i));
        here.store().clear();
        IntStream.range(0, 200).forEach(i -> assertThat(here.get("k" + i)).isNull());
        await().atMost(SOON)
                .untilAsserted(() -> IntStream.range(0, 200)
                        .forEach(i -> assertThat(there.get("k" + i)).isNull()));
        here.put("k1", "again");
        assertThat(there.get("k1")).isEqualTo("again");
    }

    @Test
    void applyAll_onOneNode_invalidatesEachKeyOnTheOther() {
        here.put("a", "1");
        here.put("b", "2");
        assertThat(there.store().readAll(List.of("a", "b", "none"), Freshness.NEAR))
                .containsOnlyKeys("a", "b");
        Change<String> removal = Change.removal(Condition.ALWAYS, false);
        Change<String> write = Change.write(here.values.keep("3"), Condition.ALWAYS, Node.eternal(), false);
        Map<String, Reply<String>> replies = here.store().applyAll(Map.of("a", removal, "b", write));
        assertThat(replies.values()).allMatch(Reply::applied);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(there.get("a")).isNull();
            assertThat(there.get("b")).isEqualTo("3");
        });
    }

    @Test
    void apply_versionKnownNearIsOutdated_isRefusedAndTheNearEntryCorrected() {
        Reply<String> first = here.put("a", "1");
        redis.freeze(); // nobody hears of anything until both have asked
        redis.thaw();
        there.put("a", "2");
        Reply<String> lost = here.store()
                .apply("a", Change.write(here.values.keep("3"), Condition.is(first.version()), Node.eternal(), true));
        assertThat(lost.applied()).isFalse();
        assertThat(lost.met()).extracting(met -> met.value().get()).isEqualTo("2");
        assertThat(here.get("a")).isEqualTo("2");
    }

    /** 2,000 keys, each written by one node beside its first read on the other: none may stay stale. */
    @Test
    void lookup_firstReadBesideAWrite_neverKeepsTheOldValue() throws Exception {
        int keys = 2_000;
        IntStream.range(0, keys).forEach(i -> here.put("k" + i, "old"));
        for (int i = 0; i < keys; i++) {
            String key = "k" + i;
            CountDownLatch go = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                awaitLatch(go);
                there.get(key);
            });
            reader.start();
            go.countDown();
            here.put(key, "new");
            reader.join();
        }
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(staleKeys(keys)).as("stale keys").isEmpty());
    }

    private List<String> staleKeys(int keys) {
        List<String> stale = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            if (!"new".equals(there.get("k" + i))) {
                stale.add("k" + i);
            }
        }
        return stale;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
