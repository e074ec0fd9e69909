package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarRefusalException;
import io.nearfar.InvalidationPace;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.key.Glob;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks that make up for invalidations of patterns, and take long or fail: nothing else waits for them. */
@Timeout(120)
class OwedWalksTest {
    private final RealRedis redis = RealRedis.start();
    private final FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "tiers:owed-walks"));
    private final Recovery recovery = new Recovery("owed-walks");
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** A cache of this node, as its manager's recovery sees it. */
    private final class Cached {
        final String name;
        final FarEntries<String, String> far;
        final DirtySet<String, String> dirty;
        final Settler<String, String> settler;

        Cached(String name, Consumer<KeyWalk> walking, Runnable onNote) {
            this.name = name;
            FarEntries<String, String> real = tier.store(FarSetups.cache(name), new TextKeys(), new TextFormat());
            this.far = walking(real, walking);
            this.dirty = new DirtySet<>(
                    FarSetups.DIRTY,
                    key -> key,
                    nanoTime -> 0,
                    System::nanoTime,
                    new CacheSignals(name),
                    onNote,
                    key -> 0);
            this.settler = new Settler<>(name, far, dirty, recovery.counts(), null, null, FarSetups.DEADLINE.toNanos());
            recovery.open(name, settler);
        }

        Cached(String name, Consumer<KeyWalk> walking) {
            this(name, walking, () -> recovery.owes(name));
        }

        void notePattern() {
            dirty.notePattern(Glob.of("*"), DirtyPartitions.all(), key -> true);
        }

        void close() {
            recovery.close(name, settler, far, dirty);
        }
    }

    /** Returns the far tier with walks of another length. */
    @SuppressWarnings("unchecked") // it is the same interface
    private static FarEntries<String, String> walking(FarEntries<String, String> real, Consumer<KeyWalk> walking) {
        return (FarEntries<String, String>) Proxy.newProxyInstance(
                OwedWalksTest.class.getClassLoader(), new Class<?>[] {FarEntries.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("removeMatching")) {
                        walking.accept((KeyWalk) arguments[3]);
                        return null;
                    }
                    return call(real, method, arguments);
                });
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Walks until it is told to end. */
    private void endlessly(KeyWalk walk) {
        begun.countDown();
        try {
            while (!walk.isCancelled()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            ended.countDown();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    private static Change<String> write(String value) {
        return Change.write(new TextFormat().keep(value), Condition.ALWAYS, Node.eternal(), false);
    }

    @AfterEach
    void stop() {
        recovery.close();
        tier.close();
        redis.close();
    }

    @Test
    void walk_keepsThePaceOfTheCache() {
        AtomicReference<KeyWalk> walked = new AtomicReference<>();
        Cached one = new Cached("one", walked::set);
        one.settler.walkAt(new InvalidationPace(7, 1_000));
        one.notePattern();
        soon().until(one.dirty::isEmpty);
        assertThat(walked.get().pageSize()).isEqualTo(7);
    }

    @Test
    void walkThatTakesLong_holdsUpNoOtherCache_andNoOtherChange() throws Exception {
        Cached one = new Cached("one", this::endlessly);
        one.notePattern();
        begun.await();
        Cached other = new Cached("other", walk -> {});
        other.dirty.note("k", other.far.partition("k"), write("v"), null);
        soon().until(other.dirty::isEmpty);
        one.dirty.note("k", one.far.partition("k"), write("v"), null);
        soon().until(() -> !one.dirty.isDirty("k"));
        assertThat(ended.getCount()).isEqualTo(1);
        assertThat(one.dirty.isEmpty()).isFalse();
    }

    @Test
    void close_endsTheWalk_andLeavesAClear() throws Exception {
        Cached one = new Cached("one", this::endlessly);
        one.far.apply("k", write("old"));
        one.notePattern();
        begun.await();
        one.close();
        ended.await();
        soon().until(() -> one.far.read("k", Freshness.AUTHORITY) == null);
        recovery.close(); // waits for the end of its threads
        assertThat(one.dirty.patterns().isEmpty()).as("said to be made").isFalse();
    }

    /** It would be the closing thread that walks, for as long as it takes. */
    @Test
    void close_beforeTheWalkHasBegun_leavesAClear() {
        Cached one = new Cached("one", this::endlessly, () -> {});
        one.far.apply("k", write("old"));
        one.notePattern();
        one.close();
        assertThat(begun.getCount()).isEqualTo(1);
        soon().until(() -> one.far.read("k", Freshness.AUTHORITY) == null);
    }

    @Test
    void cachesWalk_oneAfterAnother() throws Exception {
        List<String> order = new ArrayList<>();
        Cached one = new Cached("one", walk -> {
            endlessly(walk);
            order.add("one");
        });
        one.notePattern();
        begun.await();
        Cached other = new Cached("other", walk -> order.add("other"));
        other.notePattern();
        one.close();
        soon().until(other.dirty::isEmpty);
        assertThat(order).containsExactly("one", "other");
    }

    @Test
    void walkThatFailsAgainAndAgain_isToldOnce() {
        try (CapturedLog log = new CapturedLog()) {
            List<Long> attempts = new ArrayList<>();
            Cached one = new Cached("one", walk -> {
                synchronized (attempts) {
                    attempts.add(System.nanoTime());
                }
                throw new FarRefusalException("no such right");
            });
            one.notePattern();
            soon().until(() -> {
                synchronized (attempts) {
                    return attempts.size() == 4;
                }
            });
            assertThat(attempts.get(3) - attempts.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(3_400));
            assertThat(log.lines("NF0408")).hasSize(1).allMatch(line -> line.contains("no such right"));
            one.close();
        }
    }
}
