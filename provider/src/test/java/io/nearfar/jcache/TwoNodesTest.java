package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes of one application: what one does the other sees, and nothing that depends on it is decided near. */
class TwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static void seenByTheOther(Mode mode, Consumer<Cache<String, String>> change, String expected) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.put("k", "old");
            await().atMost(SOON).until(() -> "old".equals(there.get("k")));
            change.accept(here);
            await().atMost(SOON).untilAsserted(() -> assertThat(there.get("k")).isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void change_onOneNode_isSeenByTheOther(Mode mode) {
        seenByTheOther(mode, cache -> cache.put("k", "new"), "new");
        seenByTheOther(mode, cache -> cache.putAll(Map.of("k", "new", "l", "new")), "new");
        seenByTheOther(mode, cache -> cache.replace("k", "old", "new"), "new");
        seenByTheOther(mode, cache -> cache.remove("k"), null);
        seenByTheOther(mode, cache -> cache.removeAll(Set.of("k")), null);
        seenByTheOther(mode, Cache::removeAll, null);
        seenByTheOther(mode, Cache::clear, null);
        seenByTheOther(mode, cache -> cache.getCacheManager().destroyCache(cache.getName()), null);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void conditionalOperation_rightAfterAChangeElsewhere_isDecidedByWhatIsThere(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            for (int round = 0; round < 50; round++) {
                here.put("k", "old");
                assertThat(here.get("k")).isEqualTo("old");
                there.put("k", "new" + round);
                assertThat(here.replace("k", "old", "lost")).isFalse();
                assertThat(here.replace("k", "new" + round, "won")).isTrue();
                there.remove("k");
                assertThat(here.remove("k", "won")).isFalse();
                assertThat(here.getAndReplace("k", "lost")).isNull();
                assertThat(here.putIfAbsent("k", "mine")).isTrue();
                assertThat(there.putIfAbsent("k", "theirs")).isFalse();
                assertThat(there.getAndPut("k", "theirs")).isEqualTo("mine");
                assertThat(here.getAndRemove("k")).isEqualTo("theirs");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void processor_whoseEntryIsChangedElsewhere_runsAgainOnWhatIsThere(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, Integer> here = one.cache();
            NearfarCache<String, Integer> there = other.cache();
            here.put("k", 1);
            AtomicInteger runs = new AtomicInteger();
            Integer answer = here.invoke("k", (entry, arguments) -> {
                int seen = entry.getValue();
                if (runs.incrementAndGet() == 1) {
                    there.put("k", 10);
                }
                entry.setValue(seen + 1);
                return seen;
            });
            assertThat(runs).hasValue(2);
            assertThat(answer).isEqualTo(10);
            assertThat(here.get("k")).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void processors_ofManyThreadsOnOneKey_countExactlyAndNoneFails(Mode mode) throws Exception {
        int threads = 16;
        int rounds = 40;
        ExecutorService all = Executors.newFixedThreadPool(threads);
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            List<NearfarCache<String, Integer>> nodes = List.of(one.cache(), other.cache());
            List<Callable<Void>> hammers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                NearfarCache<String, Integer> cache = nodes.get(i % 2);
                hammers.add(() -> hammer(cache, rounds));
            }
            for (Future<Void> each : all.invokeAll(hammers)) {
                each.get();
            }
            assertThat(nodes.get(0).<Integer>invoke("k", (entry, arguments) -> entry.getValue()))
                    .isEqualTo(threads * rounds);
        } finally {
            all.shutdownNow();
        }
    }

    private static Void hammer(NearfarCache<String, Integer> cache, int rounds) {
        for (int i = 0; i < rounds; i++) {
            cache.invoke("k", (entry, arguments) -> {
                entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                return null;
            });
        }
        return null;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void processor_thatOnlyLooks_seesWhatIsThere(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, Integer> here = one.cache();
            NearfarCache<String, Integer> there = other.cache();
            for (int round = 0; round < 50; round++) {
                here.put("k", round);
                assertThat(here.get("k")).isEqualTo(round);
                there.remove("k");
                assertThat(here.<Boolean>invoke("k", (entry, arguments) -> entry.exists()))
                        .isFalse();
                there.put("k", -round);
                assertThat(here.<Integer>invoke("k", (entry, arguments) -> entry.getValue()))
                        .isEqualTo(-round);
            }
        }
    }
}
