package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Extension;
import io.nearfar.entry.Version;
import io.nearfar.testing.TextFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accesses that are written down together; the test says when it is time to. */
class TouchesTest {
    private static final long NOW = 1_000_000_000;
    private static final long SECOND = 1_000_000;
    private static final Version FIRST = new Version(10, 1);
    private static final Version SECOND_WRITE = new Version(11, 1);

    private final TextFormat values = new TextFormat();
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Map<String, Extension>> pushed = new ArrayList<>();
    private final Touches<String> touches =
            new Touches<>(String::new, batch -> pushed.add(Map.copyOf(batch)), due::add);

    private Entry<String> entry(Version version, long expires) {
        return Entry.of(values.keep("v"), version, NOW, expires);
    }

    private boolean note(String key, Version version, long ends, long expires) {
        return touches.note(key, entry(version, NOW + ends), NOW + expires, NOW);
    }

    private void becomeDue() {
        while (!due.isEmpty()) {
            due.remove().run();
        }
    }

    /** Of what ends far in ten seconds. */
    private static Extension until(Version version, long expires) {
        return new Extension(version, NOW + expires, NOW + 10 * SECOND);
    }

    @Test
    void note_manyAccesses_pushesTheLatestOfEachKeyTogether() {
        assertThat(note("a", FIRST, 10 * SECOND, 11 * SECOND)).isTrue();
        assertThat(note("a", FIRST, 11 * SECOND, 13 * SECOND)).isTrue();
        assertThat(note("a", FIRST, 11 * SECOND, 12 * SECOND)).isTrue();
        assertThat(note("b", FIRST, 10 * SECOND, 14 * SECOND)).isTrue();
        assertThat(pushed).isEmpty();
        assertThat(due).hasSize(1);
        becomeDue();
        assertThat(pushed).containsExactly(Map.of("a", until(FIRST, 13 * SECOND), "b", until(FIRST, 14 * SECOND)));
        assertThat(touches.size()).isZero();
        assertThat(note("a", FIRST, 13 * SECOND, 15 * SECOND)).isTrue();
        becomeDue();
        assertThat(pushed)
                .hasSize(2)
                .last()
                .isEqualTo(Map.of("a", new Extension(FIRST, NOW + 15 * SECOND, NOW + 13 * SECOND)));
    }

    /** The far tier's own end counts, not the one that this node has promised itself since. */
    @ParameterizedTest
    @CsvSource({"40000, 60000, false", "499999, 60000000, false", "500000, 60000000, true"})
    void note_ofWhatSoonEndsFar_isLeftToTheCaller(long ends, long expires, boolean noted) {
        assertThat(note("a", FIRST, ends, expires)).isEqualTo(noted);
        assertThat(touches.size()).isEqualTo(noted ? 1 : 0);
        if (noted) {
            Entry<String> extended = entry(FIRST, NOW + expires);
            assertThat(touches.note("a", extended, NOW + 2 * expires, NOW + 1)).isFalse();
        }
    }

    @Test
    void note_ofAnotherWrite_keepsTheLater() {
        note("a", SECOND_WRITE, 10 * SECOND, 11 * SECOND);
        note("a", FIRST, 10 * SECOND, 20 * SECOND);
        becomeDue();
        note("b", FIRST, 10 * SECOND, 20 * SECOND);
        note("b", SECOND_WRITE, 10 * SECOND, 11 * SECOND);
        becomeDue();
        assertThat(pushed)
                .containsExactly(
                        Map.of("a", until(SECOND_WRITE, 11 * SECOND)), Map.of("b", until(SECOND_WRITE, 11 * SECOND)));
    }

    @Test
    void note_ofAVersionThatTheFarTierDidNotGive_isLeftToTheCaller() {
        assertThat(note("a", new Version(-1, 1), 10 * SECOND, 20 * SECOND)).isFalse();
    }

    @Test
    void note_ofMoreThanCanBeHeld_isLeftToTheCaller() {
        int noted = 0;
        while (note("k" + noted, FIRST, 10 * SECOND, 20 * SECOND)) {
            noted++;
        }
        assertThat(noted).isEqualTo(Touches.MOST);
        becomeDue();
        assertThat(pushed).singleElement().satisfies(batch -> assertThat(batch).hasSize(Touches.MOST));
        assertThat(note("k", FIRST, 10 * SECOND, 20 * SECOND)).isTrue();
    }

    @Test
    void pushNow_pushesTheKeysAloneAndAtOnce() {
        note("a", FIRST, 10 * SECOND, 20 * SECOND);
        note("b", FIRST, 10 * SECOND, 20 * SECOND);
        touches.pushNow(List.of("a", "none"));
        assertThat(pushed).containsExactly(Map.of("a", until(FIRST, 20 * SECOND)));
        touches.pushNow(List.of("a", "none"));
        becomeDue();
        assertThat(pushed).hasSize(2).last().isEqualTo(Map.of("b", until(FIRST, 20 * SECOND)));
    }

    @Test
    void forget_leavesNothingToPush() {
        note("a", FIRST, 10 * SECOND, 20 * SECOND);
        touches.forget("a");
        becomeDue();
        assertThat(pushed).isEmpty();
    }

    /** Whoever forgets a key, or pushes it, goes on only when no push of it is under way any more. */
    @Test
    void forget_whileThePushIsUnderWay_waitsForItsEnd() throws Exception {
        CountDownLatch pushing = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Touches<String> slow = new Touches<>(
                key -> key,
                batch -> {
                    pushing.countDown();
                    await(answered);
                },
                work -> new Thread(work).start());
        slow.note("a", entry(FIRST, NOW + 10 * SECOND), NOW + 20 * SECOND, NOW);
        pushing.await();
        slow.forget("other");
        List<Thread> waiting =
                List.of(new Thread(() -> slow.forget("a")), new Thread(() -> slow.pushNow(List.of("a"))));
        for (Thread thread : waiting) {
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                assertThat(thread.isAlive()).isTrue();
                Thread.onSpinWait();
            }
        }
        answered.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(slow.size()).isZero();
    }

    /** What the far tier has not answered yet may fail, and then the end is still the one from before. */
    @Test
    void note_whileThePushIsUnderWay_knowsTheEndFromBeforeIt() {
        List<Map<String, Extension>> all = new ArrayList<>();
        AtomicReference<Touches<String>> self = new AtomicReference<>();
        Touches<String> slow = new Touches<>(
                key -> key,
                batch -> {
                    all.add(Map.copyOf(batch));
                    if (all.size() == 1) {
                        self.get().note("a", entry(FIRST, NOW + 20 * SECOND), NOW + 30 * SECOND, NOW);
                    }
                },
                due::add);
        self.set(slow);
        slow.note("a", entry(FIRST, NOW + 10 * SECOND), NOW + 20 * SECOND, NOW);
        becomeDue();
        assertThat(all).containsExactly(Map.of("a", until(FIRST, 20 * SECOND)), Map.of("a", until(FIRST, 30 * SECOND)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_pushesWhatWaitsAndTakesNoMore() {
        note("a", FIRST, 10 * SECOND, 20 * SECOND);
        touches.close();
        assertThat(pushed).containsExactly(Map.of("a", until(FIRST, 20 * SECOND)));
        assertThat(note("a", FIRST, 10 * SECOND, 20 * SECOND)).isFalse();
        touches.close();
        becomeDue();
        assertThat(pushed).hasSize(1);
    }

    @Test
    void note_whenTheThreadsHaveEnded_waitsForTheClose() {
        Touches<String> ending = new Touches<>(key -> key, pushed::add, work -> {
            throw new RejectedExecutionException();
        });
        assertThat(ending.note("a", entry(FIRST, NOW + 10 * SECOND), NOW + 20 * SECOND, NOW))
                .isTrue();
        ending.close();
        assertThat(pushed).hasSize(1);
    }

    @Test
    void push_thatFails_losesItsBatchAndNoOther() {
        List<Map<String, Extension>> taken = new ArrayList<>();
        Touches<String> failing = new Touches<>(
                key -> key,
                batch -> {
                    taken.add(batch);
                    if (taken.size() == 1) {
                        throw new IllegalStateException("no answer");
                    }
                },
                due::add);
        failing.note("a", entry(FIRST, NOW + 10 * SECOND), NOW + 20 * SECOND, NOW);
        try {
            becomeDue();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no answer");
        }
        failing.note("b", entry(FIRST, NOW + 10 * SECOND), NOW + 20 * SECOND, NOW);
        becomeDue();
        assertThat(taken).hasSize(2).last().isEqualTo(Map.of("b", until(FIRST, 20 * SECOND)));
    }
}
