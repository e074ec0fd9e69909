package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
import java.time.Duration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Recognises the policies that the specification brings along, whose answers never change. */
public final class Expiries {
    private Expiries() {}

    /** Returns the rule that counts from the last write, and leaves accesses alone. */
    public static Expiry afterWrite(Duration timeToLive) {
        long millis = Durations.millis(timeToLive);
        return FixedExpiry.untouched(millis, millis);
    }

    /** Returns the rule that gives every write so many milliseconds, and leaves accesses alone. */
    public static Expiry afterWrite(long millis) {
        return FixedExpiry.untouched(millis, millis);
    }

    /**
     * Returns the rule of a policy. Only the exact stock classes are known beforehand; a subclass is asked.
     *
     * @param cache the name of the cache, for what is logged
     */
    public static Expiry of(String cache, ExpiryPolicy policy) {
        Class<?> type = policy.getClass();
        if (type == EternalExpiryPolicy.class) {
            return FixedExpiry.untouched(Lifetime.ETERNAL, Lifetime.UNCHANGED);
        } else if (type == CreatedExpiryPolicy.class) {
            return FixedExpiry.untouched(creation(policy), Lifetime.UNCHANGED);
        } else if (type == ModifiedExpiryPolicy.class) {
            return FixedExpiry.untouched(creation(policy), creation(policy));
        } else if (type == AccessedExpiryPolicy.class) {
            return new FixedExpiry(new Lifetime(creation(policy), Lifetime.UNCHANGED), creation(policy));
        } else if (type == TouchedExpiryPolicy.class) {
            return new FixedExpiry(Lifetime.of(creation(policy)), creation(policy));
        }
        return new AskedExpiry(cache, policy);
    }

    private static long creation(ExpiryPolicy policy) {
        return Durations.millis(policy.getExpiryForCreation());
    }
}
