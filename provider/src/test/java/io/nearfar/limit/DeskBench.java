package io.nearfar.limit;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.far.Counted;
import io.nearfar.far.Verdict;
import io.nearfar.observe.LimitSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A desk whose far side is a second process's: it takes a millisecond to answer, or does not. Time is handed in. */
abstract class DeskBench {
    static final Limit USER = new Limit("user", 2, Duration.ofSeconds(10));
    static final Limit ALL = new Limit("all", 100, Duration.ofSeconds(60));
    static final int KEYS = 50;
    static final int PLACES = 3;
    static final Duration QUESTION = Duration.ofMillis(50);

    final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    final LocalWindows elsewhere = new LocalWindows(() -> nanos.get() / 1_000, 1_000);
    final LocalWindows here = new LocalWindows(() -> nanos.get() / 1_000, 1_000);
    final AtomicInteger asked = new AtomicInteger();
    final List<Runnable> waiting = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    final Doubts doubts = new Doubts(nanos::get, new Elsewhere(), KEYS, (millis, work) -> later.add(work));
    final Denials denials = new Denials(nanos::get, KEYS, QUESTION, doubts);
    boolean whole = true;
    final Set<String> gone = new HashSet<>();
    final Set<Quota> fleeting = new HashSet<>();
    Runnable meanwhile = () -> {};
    boolean out;
    final LimitDesk desk = desk(LimitOutage.OPEN, true);

    /** Takes a millisecond to answer, but about limits that are gone. */
    private final class Elsewhere implements Windows {
        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
            asked.incrementAndGet();
            pass(Duration.ofNanos(500_000));
            List<Quota> there = quotas.stream()
                    .filter(quota -> !out && !gone.contains(quota.limit().name()))
                    .toList();
            Verdict verdict = elsewhere.decide(there, cost, charge);
            meanwhile.run();
            pass(Duration.ofNanos(500_000));
            return new Counted(
                    there,
                    verdict,
                    there.size() < quotas.size() ? new FarTierUnavailableException("nobody answers") : null,
                    List.copyOf(fleeting),
                    List.of(),
                    () -> there.forEach(elsewhere::reset));
        }

        @Override
        public void reset(Quota quota) {
            if (out) {
                throw new FarTierUnavailableException("nobody answers");
            }
            elsewhere.reset(quota);
        }

        @Override
        public boolean isWhole() {
            return whole;
        }
    }

    LimitDesk desk(LimitOutage outage, boolean enabled) {
        return new LimitDesk(enabled, premises(outage));
    }

    /** Opens a desk whose decisions are told there. */
    LimitDesk desk(DecisionLog log) {
        return new LimitDesk(true, premises(LimitOutage.OPEN), new LimitSignals(() -> {}), log);
    }

    private LimitDesk.Premises premises(LimitOutage outage) {
        return new LimitDesk.Premises(
                new Elsewhere(),
                true,
                denials,
                new Outage(outage, here, nanos::get, () -> whole),
                here,
                leases(),
                nanos::get,
                this::await);
    }

    private Leases leases() {
        Returns returns = new Returns(
                nanos::get, unspent -> List.of(), (millis, work) -> later.add(work), new LimitSignals(() -> {}));
        Renewals renewals = new Renewals(nanos::get, new Elsewhere(), KEYS, (millis, work) -> later.add(work), returns);
        return new Leases(nanos::get, KEYS, returns, renewals);
    }

    private void await(Runnable question) {
        if (waiting.size() == PLACES) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(question);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Does what is to be done in the background. */
    void doLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }
}
