package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.Credits;
import io.nearfar.far.Grant;
import io.nearfar.far.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this node wishes for with one question. It has to be ended, or nobody asks for those credits any more. */
final class Asking implements Wishes {
    private static final int PART_BEFORE = 4;

    private final long sent;
    private final List<Wish> wishes = new ArrayList<>(1);

    /** A wish, the same however often the question is put. */
    private record Wish(Quota quota, Holding holding, long credits, boolean isForLater) {}

    /**
     * Creates one that wishes for nothing.
     *
     * @param sent an instant before the question is sent
     */
    Asking(long sent) {
        this.sent = sent;
    }

    /** Adds a wish for a quota, if nobody else is asking about it. */
    void add(Quota quota, Holding holding, long cost) {
        if (holding.beginAsking(cost)) {
            long credits = holding.wish(sent, Credits.validityNanos(quota.limit()));
            wishes.add(new Wish(quota, holding, credits, false));
        }
    }

    /**
     * Adds a wish for a quota about which whoever calls this has begun to ask: for credits that are to be spent after those which
     * are in hand. They are good from now on, so for part of their time nobody spends them.
     */
    void addForLater(Quota quota, Holding holding) {
        long credits = holding.wish(sent, Credits.validityNanos(quota.limit()));
        wishes.add(new Wish(quota, holding, credits - credits / PART_BEFORE, true));
    }

    @Override
    public long of(Quota quota) {
        for (Wish wish : wishes) {
            if (wish.quota.equals(quota)) {
                return wish.credits;
            }
        }
        return 0;
    }

    /** Ends it with what has come, and tells of each lease. */
    void end(List<Grant> grants, Consumer<Lease> leased) {
        for (Wish wish : wishes) {
            Lease lease = wish.holding.endAsking(grant(wish.quota, grants), sent, wish.isForLater);
            if (lease != null) {
                leased.accept(lease);
            }
        }
        wishes.clear();
    }

    private static @Nullable Grant grant(Quota quota, List<Grant> grants) {
        return grants.stream()
                .filter(grant -> grant.quota().equals(quota))
                .findFirst()
                .orElse(null);
    }
}
