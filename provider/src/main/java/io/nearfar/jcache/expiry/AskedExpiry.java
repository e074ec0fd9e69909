package io.nearfar.jcache.expiry;

import io.nearfar.EntryExpiryPolicy;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy of the application's own, asked at every occasion that the specification names and at no other. Where it
 * throws, or answers null to a creation, the entry lives for ever or keeps the expiration it has: a broken policy must
 * not break the operation.
 */
final class AskedExpiry implements Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(AskedExpiry.class);

    private final String cache;
    private final ExpiryPolicy policy;
    private final ExpiryPolicy asked;
    private final AtomicBoolean complained;

    AskedExpiry(String cache, ExpiryPolicy policy) {
        this(cache, policy, policy, new AtomicBoolean());
    }

    private AskedExpiry(String cache, ExpiryPolicy policy, ExpiryPolicy asked, AtomicBoolean complained) {
        this.cache = cache;
        this.policy = policy;
        this.asked = asked;
        this.complained = complained;
    }

    @Override
    @SuppressWarnings("unchecked") // key and value are of the cache that has the policy
    public Expiry of(Object key, Value<?> value) {
        return policy instanceof EntryExpiryPolicy<?, ?> seeing
                ? new AskedExpiry(
                        cache,
                        policy,
                        new EntryQuestions<>((EntryExpiryPolicy<Object, Object>) seeing, key, (Value<Object>) value),
                        complained)
                : this;
    }

    @Override
    public @Nullable Lifetime fixed() {
        return null;
    }

    @Override
    public long onCreation() {
        return ask(asked::getExpiryForCreation, Lifetime.ETERNAL);
    }

    @Override
    public long onUpdate() {
        return ask(asked::getExpiryForUpdate, Lifetime.UNCHANGED);
    }

    @Override
    public long onAccess() {
        return ask(asked::getExpiryForAccess, Lifetime.UNCHANGED);
    }

    private long ask(Supplier<@Nullable Duration> question, long otherwise) {
        try {
            Duration answer = question.get();
            return answer == null ? otherwise : Durations.millis(answer);
        } catch (RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.error(
                        "NF0501 {}: expiry policy {} failed; entries keep their expiration, new ones live for ever; its"
                                + " further failures are not logged",
                        cache,
                        policy.getClass().getName(),
                        e);
            }
            return otherwise;
        }
    }

    @Override
    public boolean mindsAccess() {
        return true;
    }

    /** What stands behind the name of a class that was made while running differs from node to node. */
    @Override
    public String describe() {
        return "as " + policy.getClass().getName().replaceAll("\\$\\$.*", "") + " says";
    }
}
