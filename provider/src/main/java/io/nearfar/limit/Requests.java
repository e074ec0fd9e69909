package io.nearfar.limit;

import io.nearfar.Quota;
import java.util.List;

/** What may be asked of a limiter. */
final class Requests {
    private Requests() {}

    /**
     * Refuses what cannot be decided.
     *
     * @throws IllegalArgumentException names what is wrong
     */
    static void check(List<Quota> quotas, long cost) {
        if (quotas.isEmpty()) {
            throw new IllegalArgumentException("A request names no quota; without a limit there is nothing to decide");
        }
        for (int i = 0; i < quotas.size(); i++) {
            checkCost(quotas.get(i), cost);
            checkOnce(quotas, i);
        }
    }

    private static void checkCost(Quota quota, long cost) {
        if (cost < 1 || cost > quota.limit().permits()) {
            throw new IllegalArgumentException("A request costs " + cost + " permits of limit "
                    + quota.limit().name() + ", which has " + quota.limit().permits()
                    + ": from 1 to that many can ever be had");
        }
    }

    private static void checkOnce(List<Quota> quotas, int at) {
        Quota quota = quotas.get(at);
        for (int before = 0; before < at; before++) {
            Quota other = quotas.get(before);
            if (other.limit().name().equals(quota.limit().name()) && other.key().equals(quota.key())) {
                throw new IllegalArgumentException("A request names limit "
                        + quota.limit().name() + " twice for one key; several limits need several names");
            }
        }
    }
}
