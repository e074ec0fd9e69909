package io.nearfar;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An expiry policy that sees key and value of the entry. It is given to a cache as any other, by
 * {@link javax.cache.configuration.MutableConfiguration#setExpiryPolicyFactory}, and asked in the place of the plain
 * questions, at the occasions that JSR-107 names (chapter 6) and at no others.
 *
 * <pre>{@code
 * class UntilTakeOff implements EntryExpiryPolicy<String, Flight> {
 *     public Duration forCreation(String key, Flight flight) {
 *         return new Duration(SECONDS, flight.secondsToTakeOff());
 *     }
 * }
 * }</pre>
 *
 * <p>Called by several threads at once, in the thread of the operation; if somebody else changes the entry meanwhile, an
 * operation may ask again. Keys and values are not to be changed. What it throws is logged once, and an entry then lives for
 * ever, or keeps the expiration that it has. Options of an entry, rules for keys and a time-to-live of the settings go before
 * it, as before any policy, and it is not asked then.
 *
 * <p>The plain questions have an answer for a provider that knows no other: entries live for ever there, unless these methods
 * are overridden too.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface EntryExpiryPolicy<K, V> extends ExpiryPolicy {
    /**
     * Returns how long a new entry lives; zero for not at all: then nothing is stored.
     *
     * @param key its key
     * @param value its value, or one equal to it
     */
    Duration forCreation(K key, V value);

    /**
     * Returns how long an entry lives from now on whose value is replaced; null if it keeps the expiration that it has.
     *
     * @param key its key
     * @param value its new value, or one equal to it
     */
    default @Nullable Duration forUpdate(K key, V value) {
        return null;
    }

    /**
     * Returns how long an entry lives from now on that was read; null if it keeps the expiration that it has.
     *
     * @param key its key
     * @param value its value, or one equal to it
     */
    default @Nullable Duration forAccess(K key, V value) {
        return null;
    }

    @Override
    default Duration getExpiryForCreation() {
        return Duration.ETERNAL;
    }

    @Override
    default @Nullable Duration getExpiryForUpdate() {
        return null;
    }

    @Override
    default @Nullable Duration getExpiryForAccess() {
        return null;
    }
}
