package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.far.Standing;
import io.nearfar.far.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalWindowsTest {
    private static final Limit USER = new Limit("user", 3, Duration.ofMillis(1));
    private static final Limit ALL = new Limit("all", 4, Duration.ofMillis(2));

    private final AtomicLong micros = new AtomicLong(1_000_000);
    private final LocalWindows windows = new LocalWindows(micros::get, 100);

    private Verdict decide(long cost, Quota... quotas) {
        return windows.decide(List.of(quotas), cost, true);
    }

    @Test
    void severalLimits_denyTogetherAndChargeNone() {
        assertThat(decide(3, USER.of("a"), ALL.forAll()).standings())
                .containsExactly(new Standing(3, 1_000_000, 0), new Standing(3, 1_000_000, 0));
        Verdict denied = decide(2, USER.of("b"), ALL.forAll());
        assertThat(denied.admitted()).isFalse();
        assertThat(denied.standings())
                .containsExactly(new Standing(0, 1_000_000, 0), new Standing(3, 1_000_000, 2_000));
        assertThat(decide(1, ALL.forAll(), USER.of("b")).admitted()).isTrue();
        assertThat(decide(1, ALL.forAll()).admitted()).isFalse();
        micros.addAndGet(1_000);
        assertThat(decide(1, USER.of("a")).admitted()).isTrue();
        micros.addAndGet(1_000);
        assertThat(decide(4, ALL.forAll()).admitted()).isTrue();
    }

    @Test
    void look_chargesNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(windows.decide(List.of(USER.of("a")), 3, false).standings())
                    .containsExactly(new Standing(0, 1_000_000, 0));
        }
    }

    @Test
    void reset_forgetsOneQuota() {
        decide(3, USER.of("a"));
        decide(3, USER.of("b"));
        windows.reset(USER.of("a"));
        assertThat(decide(3, USER.of("a")).admitted()).isTrue();
        assertThat(decide(1, USER.of("b")).admitted()).isFalse();
    }

    /** From a ring to counts and back: what was counted stays, for up to a window and a hundredth longer. */
    @Test
    void limit_changedOnTheFly_keepsItsCounts() {
        Limit large = new Limit("user", 20_000, Duration.ofMillis(1));
        decide(3, USER.of("a"));
        assertThat(decide(19_998, large.of("a")).admitted()).isFalse();
        assertThat(decide(19_997, large.of("a")).admitted()).isTrue();
        assertThat(decide(1, USER.of("a")).admitted()).isFalse();
        micros.addAndGet(1_010);
        assertThat(decide(3, USER.of("a")).admitted()).isTrue();
    }

    @Test
    void manyKeys_areForgottenWhenTheyAreOver() {
        for (int i = 0; i < 30_000; i++) {
            decide(1, USER.of("key " + i));
            micros.addAndGet(50);
        }
        assertThat(windows.size()).isLessThan(60);
    }

    /** A flood of keys makes them share windows, and lets none of them have more than its limit. */
    @Test
    void tooManyKeys_shareWindows() {
        List<Long> admitted = new ArrayList<>();
        Limit limit = new Limit("user", 3, Duration.ofMillis(500));
        for (int i = 0; i < 20_000; i++) {
            decide(1, limit.of("flood " + i));
            if (decide(1, limit.of("victim")).admitted()) {
                admitted.add(micros.get());
            }
            micros.addAndGet(i < 10_000 ? 7 : 400);
        }
        assertThat(WindowModel.mostInAnyWindow(admitted, 500_000)).isBetween(1L, 3L);
        assertThat(windows.size()).isLessThanOrEqualTo(100 + 1_024);
    }

    /** Several threads, keys of their own and one for all; every thread moves the clock, and no window may overflow. */
    @Test
    void threads_neverHaveMoreThanTheLimit() throws Exception {
        Limit user = new Limit("user", 7, Duration.ofMillis(1));
        Limit all = new Limit("all", 10, Duration.ofMillis(1));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<long[]>>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                work.add(() -> contest(random, user, all));
            }
            List<Long> everybody = new ArrayList<>();
            List<List<Long>> each = List.of(new ArrayList<>(), new ArrayList<>());
            for (Future<List<long[]>> done : threads.invokeAll(work)) {
                for (long[] admitted : done.get()) {
                    everybody.add(admitted[1]);
                    each.get((int) admitted[0]).add(admitted[1]);
                }
            }
            assertThat(everybody).hasSizeGreaterThan(100);
            assertThat(WindowModel.mostInAnyWindow(everybody, 1_000)).isEqualTo(10);
            each.forEach(
                    own -> assertThat(WindowModel.mostInAnyWindow(own, 1_000)).isLessThanOrEqualTo(7));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<long[]> contest(Random random, Limit user, Limit all) {
        List<long[]> admitted = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(2);
            Quota own = user.of("key " + key);
            List<Quota> quotas = random.nextBoolean() ? List.of(own, all.forAll()) : List.of(all.forAll(), own);
            Verdict verdict = windows.decide(quotas, 1, true);
            if (verdict.admitted()) {
                admitted.add(new long[] {key, verdict.now()});
            }
            micros.addAndGet(random.nextInt(5));
        }
        return admitted;
    }

    /** Who looks with another limit, or is denied by it, has not used anything up and has forgotten nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void look_withAnotherLimit_forgetsNothing(boolean charge) {
        Limit large = new Limit("user", 20_000, Duration.ofMillis(1));
        decide(15_000, large.of("a"));
        micros.addAndGet(100);
        Verdict denied = windows.decide(List.of(new Limit("user", 9_000, large.window()).of("a")), 1, charge);
        assertThat(denied.admitted()).isFalse();
        assertThat(denied.standings()).extracting(Standing::used).containsExactly(15_000L);
        assertThat(windows.decide(List.of(new Limit("user", 9, Duration.ofNanos(1_000_000)).of("a")), 1, charge)
                        .admitted())
                .isFalse();
        assertThat(decide(5_001, large.of("a")).admitted()).isFalse();
        assertThat(decide(5_000, large.of("a")).admitted()).isTrue();
    }

    @Test
    void look_withAShorterWindow_forgetsNothing() {
        Limit shorter = new Limit("all", 4, Duration.ofMillis(1));
        decide(4, ALL.forAll());
        micros.addAndGet(1_500);
        assertThat(windows.decide(List.of(shorter.forAll()), 1, false).admitted())
                .isTrue();
        assertThat(decide(1, ALL.forAll()).admitted()).isFalse();
    }

    /** A window is there for what was charged: others must not be crowded out by those who are only denied. */
    @Test
    void looksAndDenials_takeNoRoom() {
        decide(4, ALL.forAll());
        for (int i = 0; i < 1_000; i++) {
            assertThat(decide(1, USER.of("key " + i), ALL.forAll()).admitted()).isFalse();
            windows.decide(List.of(USER.of("other " + i)), 1, false);
        }
        assertThat(windows.size()).isOne();
    }

    /**
     * Keys come while there is no room and stay when there is again: each may have a window of its own or share one, and must
     * never have both. Several threads make the window of one key at once.
     */
    @Test
    void crowdedKeys_neverHaveTwoWindows() throws Exception {
        Limit limit = new Limit("user", 3, Duration.ofMillis(2));
        LocalWindows few = new LocalWindows(micros::get, 2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 1_000; round++) {
                Quota quota = limit.of("key " + round);
                few.decide(List.of(limit.of("one " + round)), 1, true);
                micros.addAndGet(round % 2 * 2_000L + 1_000);
                few.decide(List.of(limit.of("other " + round)), 1, true);
                Callable<Long> rush = () -> IntStream.range(0, 4)
                        .filter(i -> few.decide(List.of(quota), 1, true).admitted())
                        .count();
                long admitted = 0;
                for (Future<Long> done : threads.invokeAll(Collections.nCopies(4, rush))) {
                    admitted += done.get();
                }
                assertThat(admitted).as("round " + round).isLessThanOrEqualTo(3);
                micros.addAndGet(1_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One thread finds room for a key; another has found none before, and has it counted in a shared window. */
    @Test
    void crowdedKey_forWhichRoomComesMeanwhile_hasOneWindow() {
        Meeting meeting = new Meeting();
        LocalWindows single = new LocalWindows(meeting, 1);
        single.decide(List.of(USER.of("leaving")), 1, true);
        micros.addAndGet(1_000);
        AtomicLong admitted = new AtomicLong();
        Runnable rush = () -> {
            for (int i = 0; i < 3; i++) {
                admitted.addAndGet(single.decide(List.of(USER.of("a")), 1, true).admitted() ? 1 : 0);
            }
        };
        meeting.other = new Thread(rush);
        rush.run();
        assertThat(meeting.other.getState()).isNotEqualTo(Thread.State.NEW);
        await().until(() -> !meeting.other.isAlive());
        assertThat(admitted).hasValue(3);
    }

    /** A clock that lets another thread go first when this one looks at it for the fourth time: while it makes room. */
    private final class Meeting implements LongSupplier {
        private final Thread one = Thread.currentThread();
        private @Nullable Thread other;
        private int looks;

        @Override
        public long getAsLong() {
            Thread guest = other;
            if (guest != null && Thread.currentThread() == one && ++looks == 4) {
                guest.start();
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> !guest.isAlive() || guest.getState() == Thread.State.BLOCKED);
            }
            return micros.get();
        }
    }
}
