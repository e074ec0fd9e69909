package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was denied and cannot be admitted yet, so that no caller need ask about it. A quota may be reset by another node, so
 * each is asked about again about once a second, in the background; and what may be the want of a permit that is held in
 * passing, by a request that is denied itself, is remembered for as long as a question takes. Bounded; what finds no room is
 * asked about. Safe for use by several threads.
 */
final class Denials {
    private final LongSupplier nanoTime;
    private final SweptMap<Name, Denial> denials;
    private final AtomicLong resets = new AtomicLong();
    private final long questionNanos;
    private final Denial.@Nullable Doubting doubting;

    /**
     * Creates one without any.
     *
     * @param question the longest that a question takes
     * @param doubting asks in the background; null if asking takes no time, and nobody else resets a quota
     */
    Denials(LongSupplier nanoTime, long maximum, Duration question, Denial.@Nullable Doubting doubting) {
        this.nanoTime = nanoTime;
        this.questionNanos = Math.min(question.toNanos(), Denial.LONGEST_NANOS - 1);
        this.denials = new SweptMap<>(maximum, denial -> denial.isOver(nanoTime.getAsLong()));
        this.doubting = doubting;
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
            QuotaUse use = denial == null ? null : denial.use(quota, cost, nanoTime.getAsLong(), doubting);
            if (use != null) {
                uses = with(uses, use);
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
                long longest = fleeting.contains(use.quota()) ? questionNanos : Denial.LONGEST_NANOS;
                Denial denial = new Denial(use, cost, sent, nanoTime.getAsLong(), longest);
                remember(Name.of(use.quota()), denial, resetsBefore);
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

    /**
     * Forgets that a quota has denied anything, whatever its limit says at the moment. What is just being asked about in the
     * background cannot come back: the answer goes to a denial that nobody finds any more.
     */
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
