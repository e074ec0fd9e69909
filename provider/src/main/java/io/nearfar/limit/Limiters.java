package io.nearfar.limit;

import io.nearfar.Meter;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.config.FarSettings;
import io.nearfar.config.LimitSettings;
import io.nearfar.far.Counted;
import io.nearfar.far.FarLimits;
import io.nearfar.far.GivenBack;
import io.nearfar.far.Unspent;
import io.nearfar.far.Wishes;
import io.nearfar.observe.LimitSignals;
import io.nearfar.observe.ShownKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens the rate limiter of one manager, with all that it works with. */
public final class Limiters implements AutoCloseable {
    /** Servers look at once for threads that an application has left behind; its own code is not waited for any longer. */
    private static final long END_MILLIS = 2_000;

    private final @Nullable FarLimits far;
    private final Waiters waiters = new Waiters();
    private final LimitSignals signals;
    private final Leases leases;
    private final LimitDesk desk;

    private Limiters(LimitSettings settings, @Nullable FarLimits far, ShownKeys keys, Runnable onNewMeters) {
        this.far = far;
        this.signals = new LimitSignals(onNewMeters);
        LongSupplier nanoTime = System::nanoTime;
        LocalWindows local = new LocalWindows(micros(nanoTime), settings.maximumKeys());
        Windows windows = far == null ? here(local) : far(far);
        Returns returns = new Returns(nanoTime, windows::giveBack, waiters::later, signals);
        Renewals renewals = new Renewals(nanoTime, windows, settings.maximumKeys(), waiters::later, returns);
        this.leases = new Leases(nanoTime, settings.maximumKeys(), returns, renewals);
        this.desk = desk(settings, windows, local, nanoTime, new DecisionLog(keys));
    }

    private LimitDesk desk(
            LimitSettings settings, Windows windows, LocalWindows local, LongSupplier nanoTime, DecisionLog log) {
        return new LimitDesk(
                settings.enabled(),
                new LimitDesk.Premises(
                        windows,
                        far != null,
                        denials(settings, windows, nanoTime),
                        new Outage(settings.outage(), local, nanoTime, windows::isWhole),
                        local,
                        leases,
                        nanoTime,
                        waiters),
                signals,
                log);
    }

    private Denials denials(LimitSettings settings, Windows windows, LongSupplier nanoTime) {
        long maximum = settings.maximumKeys();
        Doubts doubts = far == null ? null : new Doubts(nanoTime, windows, maximum, waiters::later);
        return new Denials(nanoTime, maximum, settings.deadline(), doubts);
    }

    /** The process's monotonic clock, set once by the wall clock. */
    private static LongSupplier micros(LongSupplier nanoTime) {
        long wall = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        long start = nanoTime.getAsLong();
        return () -> wall + (nanoTime.getAsLong() - start) / 1000;
    }

    private static Windows here(LocalWindows local) {
        return new Windows() {
            @Override
            public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
                return Counted.whole(quotas, local.decide(quotas, cost, charge));
            }

            @Override
            public void reset(Quota quota) {
                local.reset(quota);
            }

            @Override
            public boolean isWhole() {
                return true;
            }
        };
    }

    private static Windows far(FarLimits far) {
        return new Windows() {
            @Override
            public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
                return far.decide(quotas, cost, charge, since);
            }

            @Override
            public Counted decide(List<Quota> quotas, long cost, boolean charge, long since, Wishes wishes) {
                return far.decide(quotas, cost, charge, since, wishes);
            }

            @Override
            public List<GivenBack> giveBack(List<Unspent> unspent) {
                return far.giveBack(unspent);
            }

            @Override
            public void reset(Quota quota) {
                far.reset(quota);
            }

            @Override
            public boolean isWhole() {
                return far.isWhole();
            }
        };
    }

    /**
     * Opens the limiter, and connects it to the server where requests are counted, if the settings name one; for at most
     * five seconds, and then this begins with an outage.
     *
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure
     */
    public static Limiters open(LimitSettings settings) {
        return open(settings, new ShownKeys(false), () -> {});
    }

    /**
     * Opens it likewise, has keys shown so in the log, and {@code onNewMeters} run when it has met a limit for the first time.
     *
     * @throws javax.cache.CacheException if the server refuses what waiting cannot cure
     */
    public static Limiters open(LimitSettings settings, ShownKeys keys, Runnable onNewMeters) {
        FarSettings far = settings.far();
        return new Limiters(settings, far == null ? null : FarLimits.open(far, settings.deadline()), keys, onNewMeters);
    }

    /** Returns the meters of the limits that were met until now, and of the server that counts. */
    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>(signals.meters());
        if (far != null) {
            meters.addAll(far.signals().limiterMeters());
        }
        return meters;
    }

    /** Returns the limiter. */
    public RateLimiter limiter() {
        return desk;
    }

    /** Gives back credits, and frees connections and threads; what was counted far stays. */
    @Override
    public void close() {
        desk.close();
        waiters.close();
        leases.close();
        if (far != null) {
            far.close();
        }
        waiters.awaitEnd(END_MILLIS);
    }
}
