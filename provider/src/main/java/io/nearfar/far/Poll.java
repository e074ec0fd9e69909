package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Quota;
import io.nearfar.far.ChargeBatches.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One decision about a request, by those who count each of its quotas. Where one script can do it, that is all. On a cluster
 * whose quotas lie in several slots, the share for which many contend is charged first and the others are looked at; they
 * are charged if nobody denies. If one does, what was charged is taken back. Used by one thread.
 */
final class Poll {
    private static final int PERCENT = 100;
    private static final int FIRST_ROUND = 60;
    private static final int LOOK = 0;
    private static final int CHARGE = 1;

    private final List<Quota> quotas;
    private final long until;
    private final List<Share> shares;
    private final boolean scattered;

    /**
     * Creates one.
     *
     * @param until the instant of {@link System#nanoTime} at which it is given up
     */
    Poll(LimitScripts scripts, List<Quota> quotas, long cost, Wishes wishes, long until) {
        this.quotas = quotas;
        this.until = until;
        this.scattered = !scripts.serveAllPartitions();
        Map<Integer, Share> byPartition = new TreeMap<>(); // all ask in this order, or two could deny each other
        for (int i = 0; i < quotas.size(); i++) {
            Quota quota = quotas.get(i);
            byPartition
                    .computeIfAbsent(scattered ? scripts.partition(quota) : 0, any -> new Share(scripts, cost, wishes))
                    .add(i, quota);
        }
        this.shares = new ArrayList<>(byPartition.values());
        shares.sort(Comparator.comparing(share -> !share.isContended()));
    }

    private Poll(Poll several, Share share) {
        this.quotas = several.quotas;
        this.until = several.until;
        this.scattered = several.scattered;
        this.shares = List.of(share);
    }

    /** Only looks. */
    Counted look() {
        ask(shares, LOOK, until);
        return counted();
    }

    /** Begins to charge several like requests to the only quota, one after the other at one instant, as many as have room. */
    Question beginCharges(int requests) {
        Share share = shares.get(0);
        share.begin(requests, until);
        return () -> {
            share.await();
            FarTierUnavailableException none = share.failure();
            List<Quota> fleeting = fleeting();
            return none == null ? number -> counted(share.ofOne(number), fleeting) : any -> Counted.nothing(none);
        };
    }

    private Counted counted(Share one, List<Quota> fleeting) {
        return new Counted(quotas, one.verdict(), null, fleeting, List.of(), new Poll(this, one)::refund);
    }

    /** Charges the request to all quotas, or to none of those that answer. */
    Counted charge() {
        List<Share> others = shares.subList(1, shares.size());
        long firstRound = others.isEmpty() ? until : firstRound(System.nanoTime());
        shares.get(0).begin(CHARGE, firstRound);
        ask(others, LOOK, firstRound);
        shares.get(0).await();
        if (!isDenied()) {
            ask(others, CHARGE, until);
        }
        if (isDenied()) {
            refund();
        }
        return counted();
    }

    /** Returns when the first of two rounds is given up: who does not answer in it must not take the other round's time. */
    private long firstRound(long now) {
        return now + (until - now) / PERCENT * FIRST_ROUND;
    }

    private static void ask(List<Share> asked, int requests, long until) {
        asked.forEach(share -> share.begin(requests, until));
        asked.forEach(Share::await);
    }

    private boolean isDenied() {
        return shares.stream().anyMatch(Share::denies);
    }

    private void refund() {
        shares.forEach(Share::beginRefund);
        shares.forEach(share -> share.awaitRefund(until));
    }

    /**
     * Returns the quotas that may be without room for a moment only. On a cluster what is charged first is charged in passing,
     * by others who do not know yet whether the rest has room; and what had room when it was looked at and none when it was
     * to be charged is contended for by some who may deny each other.
     */
    private List<Quota> fleeting() {
        List<Quota> fleeting = new ArrayList<>();
        Share first = shares.get(0);
        if (shares.size() > 1 || (scattered && first.isContended())) {
            fleeting.addAll(first.quotas());
        }
        shares.stream()
                .filter(share -> share != first && share.isCharging() && share.denies())
                .forEach(share -> fleeting.addAll(share.quotas()));
        return fleeting;
    }

    private Counted counted() {
        SortedMap<Integer, Standing> standings = new TreeMap<>();
        List<Share> answered =
                shares.stream().filter(share -> share.failure() == null).toList();
        answered.forEach(share -> share.tell(standings));
        long now = answered.stream().mapToLong(Share::now).max().orElse(0);
        Verdict verdict = new Verdict(!isDenied(), now, List.copyOf(standings.values()));
        List<Grant> grants = new ArrayList<>();
        shares.forEach(share -> share.addGrants(grants));
        return new Counted(
                standings.keySet().stream().map(quotas::get).toList(),
                verdict,
                failure(),
                fleeting(),
                grants,
                this::refund);
    }

    private @Nullable FarTierUnavailableException failure() {
        return shares.stream()
                .map(Share::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
