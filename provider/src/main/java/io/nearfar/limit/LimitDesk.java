package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimiter;
import io.nearfar.far.Counted;
import io.nearfar.observe.LimitSignals;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where requests are decided: first by memory, then where they are counted, and in an outage by its policy. */
final class LimitDesk implements RateLimiter {
    private static final String TOO_MANY =
            "So many decisions are waiting for the far tier that this one was not asked about";

    private final boolean enabled;
    private final Premises premises;
    private final LimitSignals signals;
    private volatile boolean closed;

    /**
     * What the desk works with.
     *
     * @param windows where requests are counted
     * @param isFar whether to ask there may take its time
     * @param denials what need not be asked
     * @param outage decides where nobody answers
     * @param local counts in an outage, or always
     * @param clock in nanoseconds
     * @param waiting where questions are waited for that nobody else may wait for; refuses what finds no place
     */
    record Premises(
            Windows windows,
            boolean isFar,
            Denials denials,
            Outage outage,
            LocalWindows local,
            LongSupplier clock,
            Executor waiting) {}

    LimitDesk(boolean enabled, Premises premises) {
        this(enabled, premises, new LimitSignals(() -> {}));
    }

    /** Creates one whose decisions are counted there. */
    LimitDesk(boolean enabled, Premises premises, LimitSignals signals) {
        this.enabled = enabled;
        this.premises = premises;
        this.signals = signals;
    }

    @Override
    public Decision decide(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        Decision known = known(asked, cost);
        return counted(asked, known == null ? ask(asked, cost, true, now()) : known);
    }

    @Override
    public CompletionStage<Decision> decideAsync(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        Decision known = known(asked, cost);
        if (known == null && premises.isFar()) {
            return askElsewhere(asked, cost, now()).thenApply(decision -> counted(asked, decision));
        }
        return CompletableFuture.completedStage(counted(asked, known == null ? ask(asked, cost, true, now()) : known));
    }

    private Decision counted(List<Quota> asked, Decision decision) {
        signals.decided(asked, decision);
        return decision;
    }

    /** The deadline runs while the question waits for a thread, too. */
    private CompletionStage<Decision> askElsewhere(List<Quota> asked, long cost, long since) {
        try {
            return CompletableFuture.supplyAsync(() -> ask(asked, cost, true, since), premises.waiting());
        } catch (RejectedExecutionException e) {
            Counted nothing = Counted.nothing(new FarTierUnavailableException(TOO_MANY));
            return CompletableFuture.completedStage(decision(asked, cost, true, nothing));
        }
    }

    @Override
    public Decision peek(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        return enabled ? ask(asked, cost, false, now()) : off();
    }

    private long now() {
        return premises.clock().getAsLong();
    }

    private @Nullable Decision known(List<Quota> asked, long cost) {
        return enabled ? premises.denials().find(asked, cost) : off();
    }

    private static Decision off() {
        return new Decision(true, Basis.OFF, List.of(), Duration.ZERO);
    }

    private Decision ask(List<Quota> asked, long cost, boolean charge, long since) {
        long resets = premises.denials().resets();
        Counted counted = premises.windows().decide(asked, cost, charge, since);
        Decision decision = decision(asked, cost, charge, counted);
        if (!counted.verdict().admitted()) {
            premises.denials().remember(decision.violated(), counted.fleeting(), cost, since, resets);
        }
        return decision;
    }

    private Decision decision(List<Quota> asked, long cost, boolean charge, Counted counted) {
        FarTierUnavailableException failure = counted.failure();
        if (failure != null) {
            mustBeOpen();
            return premises.outage().decide(asked, cost, charge, counted, failure);
        }
        if (premises.isFar()) {
            tidy();
        }
        return Uses.decision(asked, counted.verdict(), Basis.COUNTED);
    }

    /** What was counted or denied here in an outage or a flood goes by and by. */
    private void tidy() {
        premises.outage().answered();
        premises.local().tidy();
        premises.denials().tidy();
    }

    @Override
    public QuotaUse info(Quota quota) {
        mustBeOpen();
        List<Quota> asked = List.of(quota);
        Counted counted = premises.windows().decide(asked, 1, false, now());
        FarTierUnavailableException failure = counted.failure();
        if (failure == null) {
            return Uses.of(asked, counted.verdict()).get(0);
        }
        mustBeOpen();
        if (premises.outage().policy(quota) == LimitOutage.LOCAL) {
            return Uses.of(asked, premises.local().decide(asked, 1, false)).get(0);
        }
        throw failure;
    }

    @Override
    public void reset(Quota quota) {
        mustBeOpen();
        premises.local().reset(quota);
        try {
            premises.windows().reset(quota);
        } catch (FarTierUnavailableException e) {
            mustBeOpen();
            throw e;
        } finally {
            premises.denials().forget(quota);
        }
    }

    private List<Quota> checked(Collection<Quota> quotas, long cost) {
        mustBeOpen();
        List<Quota> asked = List.copyOf(quotas);
        Requests.check(asked, cost);
        return asked;
    }

    private void mustBeOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "The rate limiter is closed with its manager; getCacheManager of the caching"
                            + " provider gives a new one");
        }
    }

    void close() {
        closed = true;
    }
}
