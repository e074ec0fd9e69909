package io.nearfar.limit;

import io.nearfar.LimitOutage;
import io.nearfar.Meter;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.far.Counted;
import io.nearfar.far.GivenBack;
import io.nearfar.far.Unspent;
import io.nearfar.far.Wishes;
import io.nearfar.observe.LimitSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A node that holds credits: all of its limiter but the link, with a clock that is handed in, and no thread. */
public final class LeasingNode {
    private static final int KEYS = 1_000;

    private final LimitSignals signals = new LimitSignals(() -> {});
    private final List<Runnable> later = new ArrayList<>();
    private final Leases leases;
    private final LimitDesk desk;

    /** Who counts far. */
    public interface Counting {
        /** Decides, and grants credits. */
        Counted decide(List<Quota> quotas, long cost, boolean charge, Wishes wishes);

        /** Takes credits back. */
        List<GivenBack> giveBack(List<Unspent> unspent);

        /** Forgets what was counted. */
        void reset(Quota quota);
    }

    /** What the desk asks. */
    private record Far(Counting counting) implements Windows {
        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
            return counting.decide(quotas, cost, charge, Wishes.NONE);
        }

        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since, Wishes wishes) {
            return counting.decide(quotas, cost, charge, wishes);
        }

        @Override
        public List<GivenBack> giveBack(List<Unspent> unspent) {
            return counting.giveBack(unspent);
        }

        @Override
        public void reset(Quota quota) {
            counting.reset(quota);
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }

    /** Creates one. */
    public LeasingNode(LongSupplier nanos, LimitOutage outage, Counting counting) {
        Far far = new Far(counting);
        Returns returns = new Returns(nanos, far::giveBack, (millis, work) -> later.add(work), signals);
        LocalWindows local = new LocalWindows(() -> nanos.getAsLong() / 1_000, KEYS);
        Renewals renewals = new Renewals(nanos, far, KEYS, (millis, work) -> work.run(), returns); // at once
        leases = new Leases(nanos, KEYS, returns, renewals);
        desk = new LimitDesk(
                true,
                new LimitDesk.Premises(
                        far,
                        true,
                        new Denials(nanos, KEYS, Duration.ofMillis(50), null),
                        new Outage(outage, local, nanos, () -> true),
                        local,
                        leases,
                        nanos,
                        Runnable::run),
                signals);
    }

    public RateLimiter limiter() {
        return desk;
    }

    /** Does what it would do after a moment: gives back what is left of leases that are over. */
    public void giveBack() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    /** Tells whether something is to be given back once its time is over. */
    public boolean isHolding() {
        return !later.isEmpty();
    }

    /** Gives all back. */
    public void close() {
        desk.close();
        leases.close();
    }

    /** Returns how many credits had that fate. */
    public long credits(String limit, String fate) {
        return (long) signals.meters().stream()
                .filter(meter -> meter.toString()
                        .equals("nearfar_limit_credits_total{limit=\"" + limit + "\",fate=\"" + fate + "\"}"))
                .mapToDouble(Meter::value)
                .sum();
    }
}
