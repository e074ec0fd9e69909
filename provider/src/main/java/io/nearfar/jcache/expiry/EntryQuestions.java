package io.nearfar.jcache.expiry;

import io.nearfar.EntryExpiryPolicy;
import io.nearfar.entry.Value;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** The plain questions of the specification, put to a policy that sees the entry they are about. */
record EntryQuestions<K, V>(EntryExpiryPolicy<K, V> policy, K key, Value<V> value) implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
        return policy.forCreation(key, value.get());
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
        return policy.forUpdate(key, value.get());
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
        return policy.forAccess(key, value.get());
    }
}
