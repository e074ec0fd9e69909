package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.Contest.Losses;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContestTest {
    private final AtomicLong now = new AtomicLong();
    private final Contest contest = new Contest(125, now::get);

    private void lose(String key, int times) {
        for (int i = 0; i < times; i++) {
            contest.lost(contest.losses(key));
        }
    }

    @Test
    void losses_ofAnUncontestedKey_areNone() {
        Losses losses = contest.losses("k");
        assertThat(losses.count()).isZero();
        assertThat(losses.token()).isEmpty();
        assertThat(contest.lockMillis(losses)).isZero();
        assertThat(contest.size()).isZero();
    }

    @Test
    void lockMillis_isAskedForByTheLossAfterWhichEnoughIsEnough() {
        lose("k", Contest.LOSSES - 2);
        assertThat(contest.lockMillis(contest.losses("k"))).isZero();
        assertThat(contest.losses("k").token()).isEmpty();
        lose("k", 1);
        Losses losses = contest.losses("k");
        assertThat(contest.lockMillis(losses)).isEqualTo(10);
        assertThat(losses.token()).isNotEmpty();
        lose("k", 1);
        assertThat(contest.losses("k").token()).isEqualTo(losses.token());
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 12", "20, 50", "57, 124", "58, 125", "900, 125"})
    void lockMillis_lastsUntilTheOwnerIsToBeExpectedAgain(long thoughtMillis, long expected) {
        lose("k", Contest.LOSSES - 1);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(thoughtMillis));
        assertThat(contest.lockMillis(contest.losses("k"))).isEqualTo(expected);
    }

    @Test
    void won_forgets() {
        lose("k", 5);
        contest.won(contest.losses("k"));
        assertThat(contest.losses("k").count()).isZero();
        assertThat(contest.size()).isZero();
    }

    @Test
    void losses_ofAnotherKey_startAnew() {
        lose("k", 5);
        assertThat(contest.losses("other").count()).isZero();
        lose("other", 1);
        assertThat(contest.losses("k").count()).isZero();
        assertThat(contest.size()).isOne();
    }

    @Test
    void losses_ofAnotherThread_areItsOwn() throws InterruptedException {
        Thread other = new Thread(() -> lose("k", 5));
        other.start();
        other.join();
        assertThat(contest.losses("k").count()).isZero();
        assertThat(contest.size()).isOne();
    }

    @Test
    void losses_ofLongAgo_areForgotten() {
        lose("k", 5);
        now.addAndGet(1_000_000_001);
        assertThat(contest.losses("k").count()).isZero();
    }

    /** Threads that lost and never came back must not be remembered for ever. */
    @Test
    void lost_amongACrowd_dropsTheForgotten() throws InterruptedException {
        for (int i = 0; i < 1_002; i++) {
            Thread loser = new Thread(() -> lose("k", 1));
            loser.start();
            loser.join();
            now.addAndGet(2_000_000_000);
        }
        assertThat(contest.size()).isLessThan(1_002);
    }
}
