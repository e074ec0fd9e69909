package io.nearfar.cdi.limit;

import io.nearfar.Bypass;
import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimiter;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** The rate limiter of whatever manager is open: frameworks close managers that others use. */
public final class LiveLimiter implements RateLimiter {
    private final Supplier<? extends CacheManager> managers;
    private volatile @Nullable Opened last;

    private record Opened(CacheManager manager, RateLimiter limiter) {}

    /** Creates one; {@code managers} returns a manager that is open. Opens nothing yet. */
    public LiveLimiter(Supplier<? extends CacheManager> managers) {
        this.managers = managers;
    }

    /**
     * Opens the limiter now, so that what is set wrong is known; in an outage that takes up to five seconds.
     *
     * @throws javax.cache.CacheException if a setting is wrong, or the server where requests are counted cannot be used
     */
    public void open() {
        opened();
    }

    @Override
    public Decision decide(Collection<Quota> quotas, long cost) {
        return ask(limiter -> limiter.decide(quotas, cost));
    }

    @Override
    public CompletionStage<Decision> decideAsync(Collection<Quota> quotas, long cost) {
        return ask(limiter -> limiter.decideAsync(quotas, cost));
    }

    @Override
    public Decision peek(Collection<Quota> quotas, long cost) {
        return ask(limiter -> limiter.peek(quotas, cost));
    }

    @Override
    public QuotaUse info(Quota quota) {
        return ask(limiter -> limiter.info(quota));
    }

    @Override
    public void reset(Quota quota) {
        ask(limiter -> {
            limiter.reset(quota);
            return quota;
        });
    }

    /** Opens nothing for it, and what is counted while another closes the manager is lost: it fails no call. */
    @Override
    public void bypassed(Limit limit, Bypass reason) {
        Opened opened = last;
        if (opened == null || opened.manager().isClosed()) {
            return;
        }
        try {
            opened.limiter().bypassed(limit, reason);
        } catch (IllegalStateException e) {
            if (!opened.manager().isClosed()) {
                throw e;
            }
        }
    }

    private <T> T ask(Function<RateLimiter, T> question) {
        Opened opened = opened();
        try {
            return question.apply(opened.limiter());
        } catch (IllegalStateException e) {
            if (!opened.manager().isClosed()) {
                throw e;
            }
            return question.apply(opened().limiter());
        }
    }

    private Opened opened() {
        Opened opened = last;
        if (opened == null || opened.manager().isClosed()) {
            CacheManager manager = managers.get();
            opened = new Opened(manager, manager.unwrap(RateLimiter.class));
            last = opened;
        }
        return opened;
    }
}
