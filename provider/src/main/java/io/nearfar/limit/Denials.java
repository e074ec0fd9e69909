package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was denied and cannot be admitted yet, so that it need not be asked about. For no longer than a second each: a
 * quota may be reset by another node; and for as long as a question takes where the last permit may be held in passing, by
 * a request that is denied itself. Bounded; what finds no room is asked about. Safe for use by several threads.
 */
final class Denials {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final SweptMap<Name, Denial> denials;
    private final AtomicLong resets = new AtomicLong();
    private final long questionNanos;

    /**
     * That a quota has no room. Of the quota it holds nothing that is as long as its key.
     *
     * @param permits of the limit that denies
     * @param window of the limit that denies
     * @param cost for requests of so many permits, or more
     * @param until before this instant
     * @param told when a caller may come back; later than {@code until}, for nobody knows when within the question the
     *     answer was true
     * @param used the permits in use
     * @param start of the window
     * @param end of the window
     */
    private record Denial(
            long permits, Duration window, long cost, long until, long told, long used, Instant start, Instant end) {
        boolean holds(Limit limit, long cost, long now) {
            return cost >= this.cost
                    && now - until < 0
                    && limit.permits() == permits
                    && limit.window().equals(window);
        }

        QuotaUse use(Quota quota, long now) {
            return new QuotaUse(quota, used, start, end, Duration.ofNanos(Math.max(1, told - now)));
        }
    }

    /**
     * Creates one without any.
     *
     * @param question the longest that a question takes
     */
    Denials(LongSupplier nanoTime, long maximum, Duration question) {
        this.nanoTime = nanoTime;
        this.questionNanos = Math.min(question.toNanos(), LONGEST_NANOS);
        this.denials = new SweptMap<>(maximum, denial -> nanoTime.getAsLong() - denial.until >= 0);
    }

    /** Returns the denial of a request, by all of its quotas that are known to deny it, or null if none is. */
    @Nullable
    Decision find(List<Quota> quotas, long cost) {
        return denials.isEmpty() ? null : findAmong(quotas, cost); // most nodes deny nobody, and names take time
    }

    private @Nullable Decision findAmong(List<Quota> quotas, long cost) {
        List<QuotaUse> uses = List.of();
        for (Quota quota : quotas) {
            Denial denial = denials.get(Name.of(quota));
            long now = denial == null ? 0 : nanoTime.getAsLong();
            if (denial != null && denial.holds(quota.limit(), cost, now)) {
                uses = with(uses, denial.use(quota, now));
            }
        }
        return uses.isEmpty() ? null : new Decision(false, Basis.REMEMBERED, uses, Uses.longestWait(uses));
    }

    /** Most are denied by one quota, and the list of one is copied by nobody. */
    private static List<QuotaUse> with(List<QuotaUse> uses, QuotaUse use) {
        if (uses.isEmpty()) {
            return List.of(use);
        }
        List<QuotaUse> more = new ArrayList<>(uses);
        more.add(use);
        return more;
    }

    /** Returns a number that changes with every reset; to be asked for before the question is sent. */
    long resets() {
        return resets.get();
    }

    /**
     * Remembers what denied a request that was sent at that instant and is answered now, unless something was reset since:
     * nobody knows whether the answer is older.
     *
     * @param fleeting the quotas that may have room again in a moment
     */
    void remember(List<QuotaUse> violated, List<Quota> fleeting, long cost, long sent, long resetsBefore) {
        for (QuotaUse use : violated) {
            if (denials.hasRoom()) {
                long longest = fleeting.contains(use.quota()) ? questionNanos : LONGEST_NANOS;
                remember(Name.of(use.quota()), denial(use, cost, sent, longest), resetsBefore);
            }
        }
    }

    private void remember(Name name, Denial denial, long resetsBefore) {
        denials.put(name, denial);
        if (resets.get()
                != resetsBefore) { // looked at after the put: either this sees the reset, or that sees the denial
            denials.remove(name, denial);
        }
    }

    private Denial denial(QuotaUse use, long cost, long sent, long longest) {
        long wait = use.retryAfter().toNanos();
        Limit limit = use.quota().limit();
        return new Denial(
                limit.permits(),
                limit.window(),
                cost,
                sent + Math.min(wait, longest),
                nanoTime.getAsLong() + wait,
                use.used(),
                use.windowStart(),
                use.windowEnd());
    }

    /** Forgets that a quota has denied anything, whatever its limit says at the moment. */
    void forget(Quota quota) {
        resets.incrementAndGet();
        denials.remove(Name.of(quota));
    }

    /** Lets a few go that hold no more. */
    void tidy() {
        denials.tidy();
    }

    /** Returns how many there are. */
    long size() {
        return denials.size();
    }
}
