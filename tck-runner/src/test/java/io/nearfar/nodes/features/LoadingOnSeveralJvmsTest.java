package io.nearfar.nodes.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.ContextCacheLoader;
import io.nearfar.EntryOptions;
import io.nearfar.RateLimitExceededException;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What loading promises over the nodes holds between JVMs, which share nothing but a Redis. */
@ExtendWith(OnSeveralJvms.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class LoadingOnSeveralJvmsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofMillis(5);
    private static final int THREADS = 250;
    private static final int LEASE_SECONDS = 12;

    /** For a busy machine; less than the lease, so that who has waited for two of them is seen. */
    private static final int SLACK_SECONDS = 11;

    /** Leaves an entry that has ended for all of them, and for the server too, whose time may be a little behind theirs. */
    private static void leaveEnded(SeveralJvms jvms, String cache) {
        jvms.first().tell(place -> place.cache(cache).put("k", "old", EntryOptions.NONE.withTimeToLive(BRIEF)));
        await().atMost(SOON)
                .until(() -> jvms.everywhere(place -> !place.cache(cache).containsKey("k")));
        await().atMost(SOON)
                .pollDelay(Duration.ofMillis(50))
                .until(() -> jvms.everywhere(place -> !place.cache(cache).containsKey("k")));
    }

    private static String loaded(Workplace place, String cache, String found) throws Exception {
        return place.<String, String>cache(cache).getOrLoad("k", () -> place.ask(cache, found));
    }

    private static String loadedInVain(Workplace place, String cache) throws Exception {
        return place.<String, String>cache(cache).getOrLoad("k", () -> place.askInVain(cache));
    }

    @Test
    void thousandThreads_ofFourJvms_makeOneCall(SeveralJvms jvms) {
        List<CompletableFuture<HashSet<String>>> answers = new ArrayList<>();
        for (Worker worker : jvms.all()) {
            worker.tell(place -> place.shut("once"));
            String name = "found by " + answers.size();
            answers.add(worker.begin(place -> {
                CountDownLatch asking = new CountDownLatch(THREADS);
                ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
                List<Thread> threads = Collections.nCopies(THREADS, (Runnable) () -> {
                            asking.countDown();
                            try {
                                found.add(loaded(place, "once", name));
                            } catch (Exception e) {
                                found.add(e.toString());
                            }
                        })
                        .stream()
                        .map(Thread::new)
                        .toList();
                threads.forEach(Thread::start);
                asking.await();
                place.cache("crowd").put(name, "all of its threads ask");
                for (Thread thread : threads) {
                    thread.join();
                }
                return new HashSet<>(found);
            }));
        }
        await("all ask")
                .atMost(SOON)
                .until(() ->
                        jvms.stored("crowd", "found by ?").size() == jvms.all().size());
        await("one loads").atMost(SOON).until(() -> asked(jvms.all(), "once") == 1);
        jvms.all().forEach(worker -> worker.tell(place -> place.open("once")));
        Set<String> found = new HashSet<>();
        answers.forEach(answer -> found.addAll(answer.join()));
        assertThat(found).hasSize(1).allMatch(each -> each.startsWith("found by "));
        assertThat(asked(jvms.all(), "once")).isOne();
    }

    private static int asked(List<Worker> workers, String what) {
        return workers.stream()
                .mapToInt(worker -> worker.ask(place -> place.asked(what)))
                .sum();
    }

    @Test
    void whatIsNotThere_isAskedForOnce_untilSomebodyPutsIt(SeveralJvms jvms) {
        assertThat(jvms.first().text(place -> loaded(place, "nothing", null))).isNull();
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> loaded(place, "nothing", "something")))
                    .isNull();
            assertThat(worker.text(
                            place -> place.<String, String>cache("nothing").getOrDefault("k", "otherwise")))
                    .isEqualTo("otherwise");
        }
        assertThat(jvms.asked("nothing")).isOne();
        jvms.second().tell(place -> place.cache("nothing").put("k", "put"));
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> loaded(place, "nothing", "something")))
                    .isEqualTo("put");
        }
    }

    @Test
    void lateReads_haveTheEntryLoadedAgain_onceOverTheJvms(SeveralJvms jvms) {
        jvms.first()
                .tell(place ->
                        place.cache("ahead").put("k", "old", EntryOptions.NONE.withTimeToLive(Duration.ofSeconds(60))));
        jvms.three().forEach(worker -> worker.tell(place -> place.shut("ahead")));
        await("late").atMost(SOON).until(() -> {
            assertThat(readAhead(jvms)).containsOnly("old");
            return jvms.asked("ahead") > 0;
        });
        for (int i = 0; i < 10; i++) {
            assertThat(readAhead(jvms)).containsOnly("old");
        }
        assertThat(jvms.asked("ahead")).isOne();
        jvms.three().forEach(worker -> worker.tell(place -> place.open("ahead")));
        await().atMost(SOON).until(() -> readAhead(jvms).equals(Set.of("new")));
    }

    private static Set<String> readAhead(SeveralJvms jvms) {
        Set<String> read = new HashSet<>();
        jvms.three().forEach(worker -> read.add(worker.ask(place -> loaded(place, "ahead", "new"))));
        return read;
    }

    @Test
    void whatHasJustEnded_answersAllAtOnce_whileOneLoads(SeveralJvms jvms) {
        leaveEnded(jvms, "stale");
        jvms.three().forEach(worker -> worker.tell(place -> place.shut("stale")));
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> loaded(place, "stale", "new"))).isEqualTo("old");
        }
        await("one loads").atMost(SOON).until(() -> jvms.asked("stale") == 1);
        jvms.three().forEach(worker -> worker.tell(place -> place.open("stale")));
        await().atMost(SOON).until(() -> jvms.everywhere(place -> "new".equals(place.get("stale", "k"))));
        assertThat(jvms.asked("stale")).isOne();
    }

    @Test
    void loadThatFails_isAnsweredWithTheOldValue_andNotTriedByTheOthers(SeveralJvms jvms) {
        leaveEnded(jvms, "safe");
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> loadedInVain(place, "safe"))).isEqualTo("old");
        }
        assertThat(jvms.asked("safe")).isOne();
        jvms.second().tell(place -> place.cache("safe").remove("k"));
        String failure = jvms.third().ask(place -> {
            try {
                return loadedInVain(place, "safe");
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        });
        assertThat(failure).isEqualTo("the database is away");
        String fallback = jvms.third()
                .ask(place -> place.<String, String>cache("safe")
                        .getOrLoad("k", () -> place.askInVain("safe"), e -> "fallback"));
        assertThat(fallback).isEqualTo("fallback");
    }

    @Test
    void slowLoad_ofAnotherJvm_holdsNobodyUp_beyondTheTimeouts(SeveralJvms jvms) {
        leaveEnded(jvms, "slow");
        jvms.first().tell(place -> place.shut("slow"));
        CompletableFuture<String> loading = jvms.first().begin(place -> loaded(place, "slow", "new"));
        await("it loads").atMost(SOON).until(() -> jvms.asked("slow") == 1);
        assertThat(jvms.second().text(place -> loaded(place, "slow", "mine"))).isEqualTo("old");
        assertThat(loading.join()).isEqualTo("old");
        CompletableFuture<String> first = jvms.first()
                .begin(place -> place.<String, String>cache("slow")
                        .getOrLoad("x", () -> place.ask("slow", "new"), e -> "" + (e instanceof CacheLoaderException)));
        assertThat(first.join()).as("nothing old is there: the hard timeout").isEqualTo("true");
        assertThat(jvms.third()
                        .text(place -> place.<String, String>cache("slow")
                                .getOrLoad(
                                        "x",
                                        () -> place.ask("slow", "mine"),
                                        e -> "" + (e instanceof CacheLoaderException))))
                .isEqualTo("true");
        jvms.first().tell(place -> place.open("slow"));
        await().atMost(SOON).until(() -> jvms.everywhere(place -> "new".equals(place.get("slow", "k"))));
        await().atMost(SOON).until(() -> jvms.everywhere(place -> "new".equals(place.get("slow", "x"))));
        assertThat(jvms.asked("slow")).as("nobody else has loaded").isEqualTo(2);
    }

    @Test
    void loadsOfAllJvms_areChargedToOneLimit(SeveralJvms jvms) {
        for (int i = 0; i < 2; i++) {
            String key = "k" + i;
            assertThat(jvms.three()
                            .get(i)
                            .text(place -> place.<String, String>cache("limited")
                                    .getOrLoad(key, () -> place.ask("limited", "new"))))
                    .isEqualTo("new");
        }
        boolean refused = jvms.third().ask(place -> {
            try {
                place.<String, String>cache("limited").getOrLoad("k2", () -> place.ask("limited", "new"));
                return false;
            } catch (RateLimitExceededException e) {
                return true;
            }
        });
        assertThat(refused).isTrue();
        assertThat(jvms.asked("limited")).isEqualTo(2);
        assertThat(jvms.third().text(place -> place.get("limited", "k0"))).isEqualTo("new");
    }

    @Test
    void loaderThatIsAskedWhetherItHasChanged_letsTheEntryOfAnotherJvmLiveAgain(SeveralJvms jvms) {
        jvms.second().tell(LoadingOnSeveralJvmsTest::openWithItsLoader);
        leaveEnded(jvms, "conditional");
        assertThat(jvms.second().text(place -> place.get("conditional", "k"))).isEqualTo("old");
        assertThat(jvms.third().text(place -> place.get("conditional", "k"))).isEqualTo("old");
        jvms.first().tell(place -> place.cache("conditional").invalidateTag("checked"));
        await().atMost(SOON)
                .until(() ->
                        jvms.everywhere(place -> !place.cache("conditional").containsKey("k")));
    }

    /** One that finds that nothing has changed. */
    private static void openWithItsLoader(Workplace place) {
        ContextCacheLoader<String, String> loader = (key, context) -> {
            String before = context.previous(String.class);
            context.setOptions(EntryOptions.NONE.withTags("checked"));
            context.notModified();
            return before + " is not looked at";
        };
        place.cache(
                "conditional",
                new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader));
    }

    @Test
    void oneJvm_warmsForAll(SeveralJvms jvms) {
        for (Worker worker : jvms.three()) {
            worker.tell(place -> {
                place.cache("warm");
                place.manager()
                        .<String, String>warm("warm", WarmingPlan.of("all").withKeysPerSecond(10_000), warming -> {
                            for (int i = 0; i < 20; i++) {
                                warming.load("k" + i, context -> place.ask("warm", "found"));
                            }
                        });
            });
        }
        await().atMost(SOON)
                .until(() -> jvms.everywhere(place -> place.manager().warmings().stream()
                        .filter(each -> each.cache().equals("warm"))
                        .allMatch(each -> each.state() == WarmingProgress.State.DONE
                                || each.state() == WarmingProgress.State.ELSEWHERE)));
        await().atMost(SOON)
                .until(() -> jvms.everywhere(place -> place.cache("warm").containsKey("k19")));
        assertThat(jvms.asked("warm")).isEqualTo(20);
    }

    /** Its process ends in the middle of a load, and of a run that warms: as one that is killed, or whose machine fails. */
    @Test
    @Order(Integer.MAX_VALUE)
    void jvmThatIsKilled_delaysTheOthersByNoMoreThanItsLease_andItsWarmingIsTakenOver(SeveralJvms jvms) {
        List<Worker> order = new ArrayList<>(List.of(jvms.fourth()));
        order.addAll(jvms.three());
        jvms.fourth().tell(place -> place.shut("mortal"));
        jvms.fourth().tell(place -> warmMortal(place));
        jvms.fourth().begin(place -> loaded(place, "mortal", "of the dead"));
        await("a load and a run are under way")
                .atMost(SOON)
                .until(() -> jvms.fourth().ask(place -> place.asked("mortal")) == 2);
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (Worker worker : jvms.three()) {
            worker.tell(place -> warmMortal(place));
            waiting.add(worker.begin(place -> loaded(place, "mortal", "new")));
        }
        jvms.fourth().kill();
        long killed = System.nanoTime();
        waiting.forEach(answer -> assertThat(answer.join()).isEqualTo("new"));
        assertThat(System.nanoTime() - killed).isLessThan(TimeUnit.SECONDS.toNanos(LEASE_SECONDS + SLACK_SECONDS));
        await().atMost(SOON).until(() -> jvms.everywhere(place -> "new".equals(place.get("mortal", "warmed"))));
        assertThat(jvms.asked("mortal")).as("one load of each").isEqualTo(2);
    }

    private static void warmMortal(Workplace place) {
        place.cache("mortal");
        place.manager()
                .<String, String>warm(
                        "mortal",
                        WarmingPlan.of("all"),
                        warming -> warming.load("warmed", context -> place.ask("mortal", "new")));
    }
}
