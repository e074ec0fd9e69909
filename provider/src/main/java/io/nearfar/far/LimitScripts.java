package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.key.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls of the scripts that count requests. The quotas of a call lie in one slot. */
final class LimitScripts {
    private static final int FIRST_STANDING = 2;
    private static final int NUMBERS_OF_A_STANDING = 5;
    private static final int FREE_IN = 2;
    private static final int BASE = 3;
    private static final int CREDITS = 4;
    private static final int NOT_LEASED = -1;

    private final Keyspace keyspace;
    private final Calls calls;

    LimitScripts(Keyspace keyspace, Calls calls) {
        this.keyspace = keyspace;
        this.calls = calls;
    }

    /** Tells whether the quotas of several keys can be asked about together. */
    boolean serveAllPartitions() {
        return calls.serveAllPartitions();
    }

    int partition(Quota quota) {
        return keyspace.limitPartition(quota.key());
    }

    /** Tells whether the server that counts a quota is not asked at the moment. */
    boolean isSilent(Quota quota) {
        return calls.silence(partition(quota)) != null;
    }

    /**
     * Begins a decision.
     *
     * @param requests how many to charge, of which there may be several under one quota only that is not leased; 0 to look
     * @param until the instant of {@link System#nanoTime} at which it is given up
     * @throws FarTierUnavailableException if nobody can be asked, or the instant is past
     */
    ScriptCall decide(List<Quota> quotas, long cost, int requests, Wishes wishes, long until) {
        if (until - System.nanoTime() <= 0) {
            throw Failures.outOfTime(calls.deadlineNanos());
        }
        Arguments arguments = new Arguments().add(cost).add(requests).add(Limit.EXACT_PERMITS);
        for (Quota quota : quotas) {
            arguments
                    .key(key(quota))
                    .add(quota.limit().permits())
                    .add(TimeUnit.NANOSECONDS.toMicros(quota.limit().window().toNanos()))
                    .add(Credits.areLeased(quota.limit()) ? wishes.of(quota) : NOT_LEASED);
        }
        return calls.scriptUntil(until, Script.DECIDE, partition(quotas.get(0)), arguments);
    }

    /**
     * Returns what one of several requests that were charged together would have been answered by itself, had they come one
     * after the other at the instant of the reply.
     *
     * @param number of the request, from 0 on; the first are those for which there is room
     */
    static List<Object> replyToOne(List<Object> reply, int number, long cost) {
        long after = Numbers.of(reply, 0) - 1 - number;
        List<Object> own = new ArrayList<>(reply);
        own.set(0, after >= 0 ? 1L : 0L);
        if (after >= 0) {
            own.set(FIRST_STANDING, Numbers.of(reply, FIRST_STANDING) - after * cost);
            own.set(FIRST_STANDING + FREE_IN, 0L);
        }
        return own;
    }

    /** Returns how a quota stands by the reply to a decision, if so much of it is taken back. */
    static Standing standing(List<Object> reply, int quota, long refunded) {
        int at = FIRST_STANDING + NUMBERS_OF_A_STANDING * quota;
        return new Standing(
                Numbers.of(reply, at) - refunded, Numbers.of(reply, at + 1), Numbers.of(reply, at + FREE_IN));
    }

    /** Adds what was charged beyond the cost by the reply to a decision that has charged it. */
    static void addGrants(List<Quota> quotas, List<Object> reply, List<Grant> grants) {
        for (int i = 0; i < quotas.size(); i++) {
            int at = FIRST_STANDING + NUMBERS_OF_A_STANDING * i;
            long credits = Numbers.of(reply, at + CREDITS);
            if (credits > 0) {
                long base = Numbers.of(reply, at + BASE);
                grants.add(new Grant(quotas.get(i), credits, standing(reply, i, 0), Numbers.of(reply, 1), base));
            }
        }
    }

    /**
     * Begins to take back credits. That there is no answer opens no breaker: many are begun at once.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    ScriptCall giveBack(Unspent unspent) {
        Grant grant = unspent.grant();
        Arguments arguments = new Arguments()
                .add(unspent.credits())
                .add(grant.instant())
                .key(key(grant.quota()))
                .add(grant.base());
        return calls.scriptOfMany(Script.REFUND, partition(grant.quota()), arguments);
    }

    /** Returns by the reply to that what became of them. */
    static GivenBack givenBack(List<Object> reply) {
        return Numbers.of(reply, 1) == 1 ? GivenBack.TAKEN : GivenBack.GONE;
    }

    /**
     * Begins to take back what was charged by the reply to a decision.
     *
     * @throws FarTierUnavailableException if nobody can be asked
     */
    ScriptCall refund(List<Quota> quotas, long cost, List<Object> reply) {
        Arguments arguments = new Arguments().add(cost).add(Numbers.of(reply, 1));
        for (int i = 0; i < quotas.size(); i++) {
            int base = FIRST_STANDING + NUMBERS_OF_A_STANDING * i + BASE;
            arguments.key(key(quotas.get(i))).add(Numbers.of(reply, base));
        }
        return calls.script(Script.REFUND, partition(quotas.get(0)), arguments);
    }

    /**
     * Forgets what was counted for a quota.
     *
     * @throws FarTierUnavailableException if the server does not answer
     */
    void forget(Quota quota) {
        calls.run(Script.FORGET, partition(quota), new Arguments().key(key(quota)));
    }

    private String key(Quota quota) {
        return keyspace.limitKey(quota.limit().name(), quota.key());
    }
}
