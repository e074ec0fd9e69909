package io.nearfar.jcache;

import static io.nearfar.jcache.RemoteEars.PROBE;
import static io.nearfar.jcache.RemoteEars.awaitHeard;
import static io.nearfar.jcache.RemoteEars.fence;
import static io.nearfar.jcache.RemoteEars.heard;
import static io.nearfar.jcache.RemoteEars.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners hear what other nodes do: each change once, a key's in order, and nothing is sent where nobody listens. */
@Timeout(120)
class RemoteListenersTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordingListener listener = new RecordingListener();

    private static void change(Cache<String, String> cache) {
        cache.put("k", "1");
        cache.put("k", "2");
        cache.getAndPut("k", "3");
        cache.replace("k", "3", "4");
        cache.replace("k", "nothing", "5");
        cache.putIfAbsent("k", "6");
        cache.invoke("k", (entry, arguments) -> {
            entry.setValue(entry.getValue() + "!");
            return null;
        });
        cache.remove("k", "4!");
        cache.remove("k");
        cache.putAll(Map.of("k", "7"));
        cache.putAll(Map.of("k", "8"));
        cache.removeAll(Set.of("k", "none"));
        cache.putIfAbsent("k", "9");
        cache.getAndRemove("k");
        cache.put("k", "10");
        cache.clear();
        cache.unwrap(NearfarCache.class).invalidatePattern("*");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void changes_byAnotherNode_areHeardOnce_inOrder_byAThreadOfTheCache(Mode mode) {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.cache(new MutableConfiguration<String, String>()
                    .addCacheEntryListenerConfiguration(listener.configured(true, true)));
            awaitHeard(here, listener);
            change(here);
            fence(here, listener);
            assertThat(heard(listener))
                    .containsExactly(
                            "CREATED k null 1",
                            "UPDATED k 1 2",
                            "UPDATED k 2 3",
                            "UPDATED k 3 4",
                            "UPDATED k 4 4!",
                            "REMOVED k 4! 4!",
                            "CREATED k null 7",
                            "UPDATED k 7 8",
                            "REMOVED k 8 8",
                            "CREATED k null 9",
                            "REMOVED k 9 9",
                            "CREATED k null 10");
            assertThat(listener.threads).allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("nearfar-cache-cities");
                assertThat(thread.getContextClassLoader())
                        .isEqualTo(other.manager().getClassLoader());
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void changes_onACluster_areHeard(Program program) {
        try (RealCluster cluster = RealCluster.start(program);
                Application one = Application.in(Mode.TIERED, "nearfar.address", cluster.address());
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, false));
            awaitHeard(here, listener);
            IntStream.range(0, 50).forEach(i -> here.put("k" + i, "1"));
            here.putAll(IntStream.range(50, 100).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "1")));
            IntStream.range(50, 100).forEach(i -> here.remove("k" + i));
            here.removeAll(IntStream.range(0, 50).mapToObj(i -> "k" + i).collect(Collectors.toSet()));
            await().atMost(SOON).until(() -> heard(listener).size() == 200);
            assertThat(heard(listener)).doesNotHaveDuplicates();
            IntStream.range(0, 100)
                    .forEach(i -> assertThat(listener.told)
                            .containsSubsequence("CREATED k" + i + " null 1", "REMOVED k" + i + " 1 1"));
        }
    }

    @Test
    void oldValues_thatNobodyRequires_areNotSent() {
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            List<Boolean> available = new CopyOnWriteArrayList<>();
            listener.onEvent = event -> available.add(event.isOldValueAvailable());
            other.<String, String>cache().registerCacheEntryListener(listener.configured(false, true));
            awaitHeard(here, listener);
            change(here);
            fence(here, listener);
            assertThat(heard(listener))
                    .startsWith("CREATED k null 1", "UPDATED k null 2", "UPDATED k null 3")
                    .contains("REMOVED k null null");
            assertThat(available).containsOnly(false);
        }
    }

    @Test
    void nodesThatBothListen_hearEachChangeOnce_ofThemselvesInTheCallersThread() {
        RecordingListener second = new RecordingListener();
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.registerCacheEntryListener(listener.configured(true, true));
            there.registerCacheEntryListener(second.configured(true, true));
            awaitHeard(here, second);
            awaitHeard(there, listener);
            second.told.clear();
            here.put("a", "1");
            assertThat(listener.told).containsExactly("CREATED a null 1");
            assertThat(listener.threads).containsOnly(Thread.currentThread());
            there.put("b", "1");
            assertThat(heard(second)).contains("CREATED b null 1");
            fence(here, second);
            fence(there, listener);
            assertThat(heard(listener)).containsExactlyInAnyOrder("CREATED a null 1", "CREATED b null 1");
            assertThat(heard(second)).containsExactlyInAnyOrder("CREATED a null 1", "CREATED b null 1");
        }
    }

    private static long calls(RealRedis redis, String command) {
        Matcher figures = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(RespClient.text(redis.call("INFO", "commandstats")));
        return figures.find() ? Long.parseLong(figures.group(1)) : 0;
    }

    private static List<Long> costs(RealRedis redis, Runnable work) {
        List<String> commands = List.of("publish", "get", "strlen", "evalsha", "set", "del", "getrange");
        List<Long> before = commands.stream().map(each -> calls(redis, each)).toList();
        work.run();
        List<Long> costs = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            costs.add(calls(redis, commands.get(i)) - before.get(i));
        }
        return costs;
    }

    /** But for what nodes do by themselves now and then, which is less than once in a round of the writes. */
    private static void assertSame(List<Long> costs, List<Long> before) {
        for (int i = 0; i < costs.size(); i++) {
            assertThat(costs.get(i)).as("%s after %s", costs, before).isBetween(before.get(i), before.get(i) + 30);
        }
    }

    /** Beats are an hour apart, so that nobody but the writer asks the server for anything. */
    @Test
    void writes_costNoMoreThanALook_whileNobodyListensElsewhere() {
        try (RealRedis redis = RealRedis.start();
                Application one = Application.in(
                        Mode.FAR,
                        "nearfar.address",
                        redis.address(),
                        "nearfar.beat",
                        "1h",
                        "nearfar.near.lease",
                        "2h");
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            here.put(PROBE, "0");
            Runnable writes = () -> IntStream.range(0, 50).forEach(i -> {
                here.put("k", "" + i);
                here.putAll(Map.of("k", "x", "l", "y"));
                here.remove("k");
                here.removeAll(Set.of("l"));
            });
            writes.run(); // by then the server knows the scripts
            List<Long> silent = costs(redis, writes);
            MutableCacheEntryListenerConfiguration<String, String> own = listener.configured(false, true);
            here.registerCacheEntryListener(own);
            List<Long> awaitingEnds = new ArrayList<>(silent);
            awaitingEnds.set(
                    1, silent.get(1) + 50 * 5); // each key may have had an entry whose end was told a moment ago
            List<Long> withOwn = costs(redis, writes);
            assertSame(withOwn, awaitingEnds);
            here.deregisterCacheEntryListener(own);

            RecordingListener heard = new RecordingListener();
            MutableCacheEntryListenerConfiguration<String, String> elsewhere = heard.configured(false, true);
            there.registerCacheEntryListener(elsewhere);
            awaitHeard(here, heard);
            List<Long> told = costs(redis, writes);
            assertThat(told.get(0)).isGreaterThanOrEqualTo(silent.get(0) + 50 * 5);
            assertSame(told.subList(1, told.size()), awaitingEnds.subList(1, silent.size()));

            there.deregisterCacheEntryListener(elsewhere);
            await().atMost(SOON).untilAsserted(() -> assertSame(costs(redis, writes), silent));
        }
    }

    @Test
    void updatesOfTwoNodes_areHeardInTheirOrder_andEndWithWhatIsThere() throws Exception {
        RecordingListener mine = new RecordingListener();
        RecordingListener theirs = new RecordingListener();
        try (Application one = Application.in(Mode.TIERED);
                Application two = one.another();
                Application three = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = two.cache();
            three.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(here, listener, theirs);
            awaitHeard(there, listener, mine);
            here.put("k", "0");
            fence(here, listener, theirs);
            List.of(listener, mine, theirs).forEach(each -> each.told.clear());
            Thread second = new Thread(() -> IntStream.range(0, 1_000).forEach(i -> there.put("k", "there" + i)));
            second.start();
            IntStream.range(0, 1_000).forEach(i -> here.put("k", "here" + i));
            second.join();
            fence(here, listener, theirs);
            fence(there, listener, mine);
            String last = here.get("k");
            List<String> all = heard(listener);
            assertThat(all).hasSize(2_000);
            String before = "0";
            for (String told : all) {
                assertThat(told).startsWith("UPDATED k " + before + " ");
                before = told.split(" ")[3];
            }
            assertThat(before).isEqualTo(last);
            assertThat(heard(mine)).last().asString().endsWith(" " + last);
            assertThat(heard(theirs)).last().asString().endsWith(" " + last);
            assertThat(heard(mine).size() + lost(one)).isEqualTo(2_000);
            assertThat(heard(theirs).size() + lost(two)).isEqualTo(2_000);
        }
    }

    @Test
    void listenersThatComeAndGo_whileWritesRun_hearNothingTwice() throws Exception {
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                for (int i = 0; !done.get(); i++) {
                    here.put("k", "" + i);
                }
            });
            writer.start();
            try {
                for (int round = 0; round < 10; round++) {
                    RecordingListener fresh = new RecordingListener();
                    MutableCacheEntryListenerConfiguration<String, String> configured = fresh.configured(false, true);
                    there.registerCacheEntryListener(configured);
                    await().atMost(SOON).until(() -> fresh.told.size() > 10);
                    there.deregisterCacheEntryListener(configured);
                    List<String> told = List.copyOf(fresh.told);
                    assertThat(told).doesNotHaveDuplicates();
                    assertThat(fresh.closed).isTrue();
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    /** What tells the near tier comes by another channel, and of many keys after the last of them. */
    @Test
    void whoHearsOfAChange_readsNoOlderValue() {
        List<String> keys = IntStream.range(0, 256).mapToObj(i -> "k" + i).toList();
        List<String> older = new CopyOnWriteArrayList<>();
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            there.registerCacheEntryListener(listener.configured(false, true));
            awaitHeard(here, listener);
            here.putAll(keys.stream().collect(Collectors.toMap(key -> key, key -> "1")));
            fence(here, listener);
            listener.onEvent = event -> {
                if (!event.getKey().equals(PROBE) && "1".equals(there.get(event.getKey()))) {
                    older.add(event.getKey());
                }
            };
            keys.forEach(key -> assertThat(there.get(key)).isEqualTo("1"));
            here.putAll(keys.stream().collect(Collectors.toMap(key -> key, key -> "2")));
            fence(here, listener);
            assertThat(listener.told).hasSizeGreaterThan(2 * keys.size());
            assertThat(older).isEmpty();
        }
    }

    @Test
    void aKeyThatIsHeldForLong_holdsUpNoOther() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            there.registerCacheEntryListener(listener.configured(true, true));
            awaitHeard(here, listener);
            Thread holder = new Thread(() -> there.invoke("held", (entry, arguments) -> {
                held.countDown();
                await().atMost(SOON.multipliedBy(3)).until(() -> done.getCount() == 0);
                return null;
            }));
            holder.start();
            try {
                held.await();
                IntStream.range(0, 3).forEach(i -> here.put("held", "" + i));
                here.put("k", "1");
                await().atMost(Duration.ofSeconds(20)).until(() -> listener.told.contains("CREATED k null 1"));
            } finally {
                done.countDown();
                holder.join();
            }
            assertThat(heard(listener))
                    .containsExactly("CREATED held null 0", "UPDATED held 0 1", "UPDATED held 1 2", "CREATED k null 1");
        }
    }

    @Test
    void listenersOfTheirNodeAlone_hearOfNoOther() {
        RecordingListener all = new RecordingListener();
        try (Application one = Application.in(Mode.TIERED);
                Application two = one.another("nearfar.cache.cities.listeners", "local");
                Application three = one.another()) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = two.cache();
            there.registerCacheEntryListener(listener.configured(true, true));
            three.<String, String>cache().registerCacheEntryListener(all.configured(true, true));
            awaitHeard(here, all);
            there.put("k", "1");
            here.put("k", "2");
            fence(here, all);
            assertThat(listener.told).containsExactly("CREATED k null 1");
        }
    }

    @Test
    void updateWithoutLifetime_isAnUpdateAndAnExpiration() {
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here =
                    one.cache(new MutableConfiguration<String, String>().setExpiryPolicyFactory(OnlyOnce::new));
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            await().atMost(SOON).until(() -> {
                here.put(PROBE, "probed");
                return !listener.told.isEmpty();
            });
            here.put("k", "1");
            here.put("k", "2");
            here.putAll(Map.of("l", "1"));
            here.putAll(Map.of("l", "2"));
            await().atMost(SOON).until(() -> listener.told.contains("EXPIRED l 2 2"));
            assertThat(heard(listener))
                    .containsExactly(
                            "CREATED k null 1",
                            "UPDATED k 1 2",
                            "EXPIRED k 2 2",
                            "CREATED l null 1",
                            "UPDATED l 1 2",
                            "EXPIRED l 2 2");
        }
    }

    /** What is written a second time is gone. */
    private static final class OnlyOnce implements ExpiryPolicy, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return javax.cache.expiry.Duration.ETERNAL;
        }

        @Override
        @SuppressWarnings("NullAway") // null says that the expiration stays as it is
        public javax.cache.expiry.Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            return javax.cache.expiry.Duration.ZERO;
        }
    }

    @Test
    void loads_andTheAsynchronousView_areHeard_andInvalidationsAreNot() throws Exception {
        String gone = "nearfar.invalidation.gone.";
        try (Application one = Application.in(
                        Mode.TIERED, gone + "parameters", "id", gone + "caches", "cities", gone + "keys", "{id}");
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            awaitHeard(here, listener);
            here.getOrLoad("k", () -> "loaded");
            here.reload("k", () -> "again");
            here.async().put("k", "async").toCompletableFuture().get();
            here.async().remove("k").toCompletableFuture().get();
            here.put("k", "1");
            here.expire("k");
            here.put("k", "2");
            here.invalidatePrefix("k");
            here.put("k", "3");
            one.manager().unwrap(NearfarManager.class).invalidate("gone", "k");
            fence(here, listener);
            assertThat(heard(listener))
                    .containsExactly(
                            "CREATED k null loaded",
                            "UPDATED k loaded again",
                            "UPDATED k again async",
                            "REMOVED k async async",
                            "CREATED k null 1",
                            "CREATED k null 2",
                            "CREATED k null 3");
        }
    }
}
