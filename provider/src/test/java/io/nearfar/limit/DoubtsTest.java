package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.far.Counted;
import io.nearfar.far.Standing;
import io.nearfar.far.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which denials are asked about, when, and how many at once. */
class DoubtsTest {
    private static final Limit USER = new Limit("user", 10, Duration.ofHours(1));
    private static final int KEYS = 1_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Standing FULL = new Standing(10, 0, HOUR / 1_000);

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final List<List<Quota>> questions = new ArrayList<>();
    private final List<Long> costs = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private boolean isClosed;
    private boolean fails;
    private final Denials denials =
            new Denials(nanos::get, KEYS, Duration.ofMillis(50), new Doubts(nanos::get, new Full(), KEYS, this::after));

    /** Where no quota ever has room. */
    private final class Full implements Windows {
        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
            assertThat(charge).isFalse();
            questions.add(List.copyOf(quotas));
            costs.add(cost);
            if (fails) {
                throw new IllegalStateException("no answer at all");
            }
            List<Standing> standings = quotas.stream().map(quota -> FULL).toList();
            return Counted.whole(quotas, Verdict.of(nanos.get() / 1_000, standings));
        }

        @Override
        public void reset(Quota quota) {
            throw new IllegalStateException("nobody resets here");
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }

    private void after(long millis, Runnable work) {
        if (isClosed) {
            throw new RejectedExecutionException("closed");
        }
        assertThat(millis).isEqualTo(20);
        later.add(work);
    }

    private static QuotaUse full(Quota quota) {
        return new QuotaUse(quota, 10, Instant.EPOCH, Instant.EPOCH, Duration.ofHours(1));
    }

    private void deny(Quota quota, long cost) {
        denials.remember(List.of(full(quota)), List.of(), cost, nanos.get(), denials.resets());
    }

    private boolean isDenied(Quota quota, long cost) {
        return denials.find(List.of(quota), cost) != null;
    }

    private void passMillis(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void doLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private static List<Quota> quotas(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> USER.of("key " + i)).toList();
    }

    /** Many keys have their turn in the order in which they came, some at once; all are denied meanwhile, however long it takes. */
    @Test
    void manyKeys_areAskedAboutInTurn() {
        List<Quota> all = quotas(0, 120);
        all.forEach(quota -> deny(quota, 1));
        passMillis(900);
        for (int i = 0; i < 3; i++) {
            assertThat(all).allMatch(quota -> isDenied(quota, 1));
        }
        assertThat(questions).isEmpty();
        passMillis(5_000);
        for (int turn = 1; turn <= 3; turn++) {
            passMillis(20);
            assertThat(all).allMatch(quota -> isDenied(quota, 1));
            assertThat(later).hasSize(1);
            doLater();
        }
        assertThat(questions).containsExactly(quotas(0, 50), quotas(50, 100), quotas(100, 120));
    }

    /** What was answered is sure again, and is doubted again. */
    @Test
    void answer_makesSureAgain() {
        Quota quota = USER.of("a");
        deny(quota, 1);
        for (int i = 1; i <= 5; i++) {
            passMillis(799);
            assertThat(isDenied(quota, 1)).isTrue();
            assertThat(later).isEmpty();
            passMillis(1);
            assertThat(isDenied(quota, 1)).isTrue();
            doLater();
            assertThat(questions).hasSize(i);
        }
        assertThat(later).isEmpty();
    }

    /** A dear request may have no room where a cheap one has. */
    @Test
    void costs_areAskedAboutApart() {
        deny(USER.of("a"), 1);
        deny(USER.of("b"), 7);
        deny(USER.of("c"), 1);
        passMillis(900);
        assertThat(isDenied(USER.of("a"), 1)).isTrue();
        assertThat(isDenied(USER.of("b"), 8)).isTrue();
        assertThat(isDenied(USER.of("c"), 1)).isTrue();
        doLater();
        assertThat(costs).containsExactlyInAnyOrder(1L, 7L);
        assertThat(questions).containsExactlyInAnyOrder(List.of(USER.of("a"), USER.of("c")), List.of(USER.of("b")));
    }

    /** A stranger chooses keys, and their length: what waits for its turn is bounded in characters. */
    @Test
    void longKeys_takeMoreRoom() {
        String tail = "x".repeat(100_000);
        List<Quota> all =
                quotas(0, 10).stream().map(quota -> USER.of(quota.key() + tail)).toList();
        all.forEach(quota -> deny(quota, 1));
        passMillis(900);
        assertThat(all).allMatch(quota -> isDenied(quota, 1));
        passMillis(100);
        assertThat(all.stream().filter(quota -> isDenied(quota, 1))).hasSize(1);
        doLater();
        assertThat(questions).containsExactly(List.of(all.get(0)));
        passMillis(900);
        assertThat(isDenied(all.get(0), 1)).isTrue();
        assertThat(later).hasSize(1);
    }

    /** After a change of memory two denials of one key may wait for their turn. */
    @Test
    void key_isNotAskedAboutTwiceAtOnce() {
        Quota quota = USER.of("a");
        deny(quota, 2);
        passMillis(900);
        assertThat(isDenied(quota, 2)).isTrue();
        deny(quota, 1);
        passMillis(900);
        assertThat(isDenied(quota, 1)).isTrue();
        doLater();
        assertThat(questions).containsExactly(List.of(quota));
        assertThat(costs).containsExactly(1L);
        assertThat(isDenied(quota, 1)).isTrue();
    }

    @Test
    void failure_leavesNothingDenied_andTheNextIsAsked() {
        fails = true;
        deny(USER.of("a"), 1);
        passMillis(900);
        assertThat(isDenied(USER.of("a"), 1)).isTrue();
        doLater();
        assertThat(isDenied(USER.of("a"), 1)).isFalse();
        fails = false;
        deny(USER.of("b"), 1);
        passMillis(900);
        assertThat(isDenied(USER.of("b"), 1)).isTrue();
        doLater();
        assertThat(isDenied(USER.of("b"), 1)).isTrue();
        assertThat(questions).containsExactly(List.of(USER.of("a")), List.of(USER.of("b")));
    }

    @Test
    void afterClosing_nobodyIsAsked() {
        isClosed = true;
        deny(USER.of("a"), 1);
        passMillis(900);
        assertThat(isDenied(USER.of("a"), 1)).isTrue();
        assertThat(later).isEmpty();
    }

    /** Thousands of keys that come round once in a while: callers do not wait for each of them, or they would never come round sooner. */
    @Test
    void manyQuietKeys_areNotAllLeftToCallers() {
        List<Quota> all = quotas(0, KEYS);
        all.forEach(quota -> deny(quota, 1));
        passMillis(5_000);
        assertThat(all.stream().filter(quota -> !isDenied(quota, 1))).hasSize(499);
        doLater();
        assertThat(questions).containsExactly(quotas(499, 549));
        passMillis(1_000);
        assertThat(isDenied(quotas(0, 1).get(0), 1)).isFalse();
    }

    /** What nobody asks for any more is no burden: it goes when others need the room. */
    @Test
    void quietDenials_makeRoom() {
        quotas(0, KEYS).forEach(quota -> deny(quota, 1));
        passMillis(10_000);
        quotas(KEYS, 2 * KEYS).forEach(quota -> deny(quota, 1));
        assertThat(quotas(KEYS + 500, 2 * KEYS)).allMatch(quota -> isDenied(quota, 1));
        assertThat(denials.size()).isLessThanOrEqualTo(KEYS);
    }
}
