package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.near.NearLease;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine that is suspended: its wall clock goes on, the clock of the process does not. */
class StandstillTest {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Version CHAIN = new Version(7, 7);

    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(System.nanoTime());

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        wall.addAndGet(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, 0",
        "0, 200, 0",
        "200, 0, 0",
        "200, 1200, 0",
        "200, 1201, 1001",
        "200, -5000, 0",
        "5, 3605, 3600"
    })
    void lookAt_tellsHowMuchFurtherTheWallClockHasGone(long nanosMillis, long wallMillis, long expected) {
        Standstill standstill = new Standstill(LEASE, wall::get, nanos.get());
        pass(200);
        assertThat(standstill.lookAt(nanos.get())).isZero();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(nanosMillis));
        wall.addAndGet(wallMillis);
        assertThat(standstill.lookAt(nanos.get())).isEqualTo(TimeUnit.MILLISECONDS.toNanos(expected));
        assertThat(standstill.lookAt(nanos.get())).isZero();
    }

    private long beat(InvalidationRouter router) {
        router.asking(0, nanos.get());
        return nanos.get();
    }

    /** From the beat after it on nothing is served that was verified before, whatever answers still come. */
    @Test
    void nearLease_endsWithTheFirstBeatAfterASuspension() {
        InvalidationRouter router = new InvalidationRouter(1, LEASE, () -> {}, wall::get);
        NearLease lease = router.leases().get(0);
        pass(100);
        router.answered(0, beat(router), CHAIN);
        assertThat(lease.age(nanos.get())).isZero();
        pass(100);
        long before = beat(router);
        router.answered(0, before, new Version(9, 9)); // its message is still on the way
        wall.addAndGet(3_600_000);
        pass(100);
        long after = beat(router);
        assertThat(lease.age(nanos.get())).isGreaterThan(TimeUnit.HOURS.toNanos(1));
        lease.verified(before);
        assertThat(lease.age(nanos.get())).isGreaterThan(TimeUnit.HOURS.toNanos(1));
        router.answered(0, after, CHAIN);
        assertThat(lease.age(nanos.get())).isZero();
    }

    /** The next beat may be a while away. */
    @Test
    void nearLease_endsWithTheFirstLookAtTheClocksAfterASuspension() {
        InvalidationRouter router = new InvalidationRouter(1, LEASE, () -> {}, wall::get);
        NearLease lease = router.leases().get(0);
        pass(100);
        long before = beat(router);
        router.answered(0, before, CHAIN);
        wall.addAndGet(3_600_000);
        pass(50);
        router.ticking(nanos.get());
        assertThat(lease.age(nanos.get())).isGreaterThan(TimeUnit.HOURS.toNanos(1));
        lease.verified(before);
        assertThat(lease.age(nanos.get())).isGreaterThan(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void nearLease_isNotTouchedByAWallClockThatGoesBack() {
        InvalidationRouter router = new InvalidationRouter(1, LEASE, () -> {}, wall::get);
        pass(100);
        router.answered(0, beat(router), CHAIN);
        wall.addAndGet(-3_600_000);
        pass(100);
        beat(router);
        assertThat(router.leases().get(0).age(nanos.get())).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }
}
