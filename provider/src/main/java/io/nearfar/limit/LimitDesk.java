package io.nearfar.limit;

import io.nearfar.Bypass;
import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimiter;
import io.nearfar.far.Counted;
import io.nearfar.far.Grant;
import io.nearfar.observe.LimitSignals;
import io.nearfar.observe.ShownKeys;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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
    private final DecisionLog log;
    private volatile boolean closed;

    /**
     * What the desk works with.
     *
     * @param windows where requests are counted
     * @param isFar whether to ask there may take its time
     * @param denials what need not be asked
     * @param outage decides where nobody answers
     * @param local counts in an outage, or always
     * @param leases what this node may decide alone
     * @param clock in nanoseconds
     * @param waiting where questions are waited for that nobody else may wait for; refuses what finds no place
     */
    record Premises(
            Windows windows,
            boolean isFar,
            Denials denials,
            Outage outage,
            LocalWindows local,
            Leases leases,
            LongSupplier clock,
            Executor waiting) {}

    LimitDesk(boolean enabled, Premises premises) {
        this(enabled, premises, new LimitSignals(() -> {}));
    }

    /** Creates one whose decisions are counted there. */
    LimitDesk(boolean enabled, Premises premises, LimitSignals signals) {
        this(enabled, premises, signals, new DecisionLog(new ShownKeys(false)));
    }

    /** Creates one whose decisions are counted and told there. */
    LimitDesk(boolean enabled, Premises premises, LimitSignals signals, DecisionLog log) {
        this.enabled = enabled;
        this.premises = premises;
        this.signals = signals;
        this.log = log;
    }

    @Override
    public Decision decide(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        if (log.isOn()) {
            long start = System.nanoTime();
            return log.told(asked, decided(asked, cost), start);
        }
        return decided(asked, cost);
    }

    private Decision decided(List<Quota> asked, long cost) {
        Held held = held(asked, cost);
        if (held != null && held.isAll()) {
            return counted(asked, held.decision());
        }
        List<Quota> rest = held == null ? asked : held.rest();
        Decision known = known(rest, cost);
        return counted(asked, known == null ? askRest(held, rest, cost, now()) : with(held, known));
    }

    @Override
    public CompletionStage<Decision> decideAsync(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        if (log.isOn()) {
            long start = System.nanoTime();
            return decidedAsync(asked, cost).thenApply(decision -> log.told(asked, decision, start));
        }
        return decidedAsync(asked, cost);
    }

    private CompletionStage<Decision> decidedAsync(List<Quota> asked, long cost) {
        Held held = held(asked, cost);
        if (held != null && held.isAll()) {
            return CompletableFuture.completedStage(counted(asked, held.decision()));
        }
        List<Quota> rest = held == null ? asked : held.rest();
        Decision known = known(rest, cost);
        if (known == null && premises.isFar()) {
            return askElsewhere(held, rest, cost, now()).thenApply(decision -> counted(asked, decision));
        }
        return CompletableFuture.completedStage(
                counted(asked, known == null ? askRest(held, rest, cost, now()) : with(held, known)));
    }

    /** Returns what this node has of a request's quotas, or null. It is spent, so whoever is denied has to put it back. */
    private @Nullable Held held(List<Quota> asked, long cost) {
        return enabled ? premises.leases().take(asked, cost) : null;
    }

    private Decision with(@Nullable Held held, Decision ofTheRest) {
        if (held != null && ofTheRest.admitted()) {
            return held.with(ofTheRest);
        }
        premises.leases().release(held);
        return ofTheRest;
    }

    private Decision askRest(@Nullable Held held, List<Quota> rest, long cost, long since) {
        try {
            return with(held, ask(rest, cost, true, since));
        } catch (RuntimeException e) {
            premises.leases().release(held);
            throw e;
        }
    }

    private Decision counted(List<Quota> asked, Decision decision) {
        signals.decided(asked, decision);
        return decision;
    }

    /** The deadline runs while the question waits for a thread, too. */
    private CompletionStage<Decision> askElsewhere(@Nullable Held held, List<Quota> rest, long cost, long since) {
        try {
            return CompletableFuture.supplyAsync(() -> askRest(held, rest, cost, since), premises.waiting());
        } catch (RejectedExecutionException e) {
            Counted nothing = Counted.nothing(new FarTierUnavailableException(TOO_MANY));
            return CompletableFuture.completedStage(with(held, decision(rest, cost, true, nothing)));
        }
    }

    @Override
    public Decision peek(Collection<Quota> quotas, long cost) {
        List<Quota> asked = checked(quotas, cost);
        return enabled ? premises.leases().seen(asked, cost, ask(asked, cost, false, now())) : off();
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
        log.look();
        long resets = premises.denials().resets();
        Counted counted = charge && premises.isFar()
                ? charged(asked, cost, since)
                : premises.windows().decide(asked, cost, charge, since);
        Decision decision = decision(asked, cost, charge, counted);
        if (!counted.verdict().admitted()) {
            premises.denials().remember(decision.violated(), counted.fleeting(), cost, since, resets);
        }
        return decision;
    }

    /** Charges a request, and with it what this node wishes to hold for those to come. */
    private Counted charged(List<Quota> asked, long cost, long since) {
        Asking asking = premises.leases().ask(asked, cost, since);
        List<Grant> grants = List.of();
        try {
            Counted counted = premises.windows().decide(asked, cost, true, since, asking);
            grants = counted.grants();
            return counted;
        } finally {
            premises.leases().end(asking, grants);
        }
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
        premises.leases().tidy();
    }

    @Override
    public QuotaUse info(Quota quota) {
        mustBeOpen();
        List<Quota> asked = List.of(quota);
        Counted counted = premises.windows().decide(asked, 1, false, now());
        FarTierUnavailableException failure = counted.failure();
        if (failure == null) {
            return premises.leases().seen(Uses.of(asked, counted.verdict()).get(0), 1);
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
        premises.leases().forget(quota);
        try {
            premises.windows().reset(quota);
        } catch (FarTierUnavailableException e) {
            mustBeOpen();
            throw e;
        } finally {
            premises.leases().forget(quota); // again: some may have come since
            premises.denials().forget(quota);
        }
    }

    @Override
    public void bypassed(Limit limit, Bypass reason) {
        mustBeOpen();
        Objects.requireNonNull(reason, "The reason for which a request passed is null");
        if (enabled) {
            signals.bypassed(limit.name(), reason);
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
