package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.Quota;
import io.nearfar.far.GivenBack;
import io.nearfar.far.Grant;
import io.nearfar.far.Standing;
import io.nearfar.far.Unspent;
import io.nearfar.observe.LimitSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many leases that are over together are given back at once, and what becomes of them where nobody answers. */
class ReturnsTest {
    private static final Limit USER = new Limit("user", 1_000, Duration.ofMinutes(1)).leased();
    private static final int LEASES = 450;
    private static final int CREDITS = 3;

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final LimitSignals signals = new LimitSignals(() -> {});
    private final List<Runnable> later = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Returns returns = new Returns(nanos::get, this::giveBack, (millis, work) -> later.add(work), signals);
    private GivenBack outcome = GivenBack.TAKEN;
    private boolean isOut;
    private Duration takes = Duration.ZERO;

    private List<GivenBack> giveBack(List<Unspent> unspent) {
        sizes.add(unspent.size());
        nanos.addAndGet(takes.toNanos());
        return Collections.nCopies(unspent.size(), isOut ? GivenBack.UNANSWERED : outcome);
    }

    private void lease() {
        IntStream.range(0, LEASES).forEach(i -> {
            Quota quota = USER.of("key " + i);
            returns.add(new Lease(new Grant(quota, CREDITS, new Standing(CREDITS, 0, 0), 1, 1), nanos.get()));
        });
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    private void doLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private int credits(String fate) {
        return (int) signals.meters().stream()
                .filter(meter -> meter.toString().contains("fate=\"" + fate + "\""))
                .mapToDouble(Meter::value)
                .sum();
    }

    /** Thousands at once would stand in the way of decisions, whose deadline is short. */
    @Test
    void manyLeases_areGivenBackSomeAtATime() {
        lease();
        doLater();
        assertThat(sizes).containsExactly(200, 200, 50);
        assertThat(credits("returned")).isEqualTo(credits("leased")).isEqualTo(LEASES * CREDITS);
        assertThat(later).isEmpty();
    }

    /** What was not sent yet stays for the next time. */
    @Test
    void noAnswer_leavesTheRestForLater() {
        lease();
        isOut = true;
        doLater();
        assertThat(sizes).containsExactly(200);
        assertThat(credits("expired")).isEqualTo(200 * CREDITS);
        isOut = false;
        doLater();
        assertThat(sizes).containsExactly(200, 200, 50);
        assertThat(credits("returned")).isEqualTo((LEASES - 200) * CREDITS);
    }

    /** All was reset, say: the server is there, and may know of others. */
    @Test
    void windowsThatAreGone_areNoSilence() {
        lease();
        outcome = GivenBack.GONE;
        returns.close();
        assertThat(sizes).containsExactly(200, 200, 50);
        assertThat(credits("expired")).isEqualTo(LEASES * CREDITS);
    }

    /** Nobody waits long for a close. */
    @Test
    void closing_whileNobodyAnswers_triesOnce() {
        lease();
        isOut = true;
        returns.close();
        assertThat(sizes).containsExactly(200);
        assertThat(credits("expired")).isEqualTo(LEASES * CREDITS);
    }

    @Test
    void closing_whileAnswersAreSlow_takesASecond() {
        lease();
        takes = Duration.ofMillis(600);
        returns.close();
        assertThat(sizes).containsExactly(200, 200);
        assertThat(credits("returned")).isEqualTo(400 * CREDITS);
        assertThat(credits("expired")).isEqualTo(50 * CREDITS);
    }
}
