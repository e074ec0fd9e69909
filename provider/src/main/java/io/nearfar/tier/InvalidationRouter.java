package io.nearfar.tier;

import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.near.NearTier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Brings the messages of the far tier to the near tiers of this manager, by the name of the cache. */
final class InvalidationRouter implements InvalidationSink {
    private final Map<String, NearTier<?, ?>> tiers = new ConcurrentHashMap<>();

    void add(String cache, NearTier<?, ?> near) {
        tiers.put(cache, near);
    }

    void remove(String cache, NearTier<?, ?> near) {
        tiers.remove(cache, near);
    }

    @Override
    public void received(Invalidation message) {
        NearTier<?, ?> near = tiers.get(message.cache());
        if (near == null) {
            return;
        }
        if (message.kind() == Invalidation.Kind.CLEAR) {
            near.clear(message.partition(), message.version().stamp());
        }
        for (String text : message.keys()) {
            near.invalidate(text, message.version());
        }
    }

    @Override
    public void resubscribed(int partition) {
        all(near -> near.beginEpoch(partition));
    }

    @Override
    public void unreadable(int partition) {
        all(near -> near.beginEpoch(partition));
    }

    private void all(Consumer<NearTier<?, ?>> action) {
        tiers.values().forEach(action);
    }
}
