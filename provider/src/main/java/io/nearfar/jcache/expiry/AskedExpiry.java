package io.nearfar.jcache.expiry;

import io.nearfar.entry.Lifetime;
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
    private final AtomicBoolean complained = new AtomicBoolean();

    AskedExpiry(String cache, ExpiryPolicy policy) {
        this.cache = cache;
        this.policy = policy;
    }

    @Override
    public @Nullable Lifetime fixed() {
        return null;
    }

    @Override
    public long onCreation() {
        return ask(policy::getExpiryForCreation, Lifetime.ETERNAL);
    }

    @Override
    public long onUpdate() {
        return ask(policy::getExpiryForUpdate, Lifetime.UNCHANGED);
    }

    @Override
    public long onAccess() {
        return ask(policy::getExpiryForAccess, Lifetime.UNCHANGED);
    }

    private long ask(Supplier<@Nullable Duration> question, long otherwise) {
        try {
            Duration answer = question.get();
            return answer == null ? otherwise : Durations.millis(answer);
        } catch (RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn(
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
