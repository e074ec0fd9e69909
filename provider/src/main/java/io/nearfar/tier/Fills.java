package io.nearfar.tier;

import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.near.Fill;
import io.nearfar.near.NearTier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Registers what is about to be asked of the far tier, and settles it with what came back, for one key or many. */
final class Fills<K, V> {
    private final NearTier<K, V> near;
    private final KeyFormat<K> keys;
    private final ToIntFunction<String> partitionOfText;

    Fills(NearTier<K, V> near, KeyFormat<K> keys, ToIntFunction<String> partitionOfText) {
        this.near = near;
        this.keys = keys;
        this.partitionOfText = partitionOfText;
    }

    Fill<K> begin(K key) {
        KeyText text = keys.text(key);
        return near.begin(key, text.text(), text.bytes() == null, partitionOfText.applyAsInt(text.text()));
    }

    /** Settles a write: by its version if it was applied, as unknown if it threw or could only be noted. */
    void settle(Fill<K> fill, @Nullable Reply<V> reply) {
        Version version = reply == null ? null : reply.version();
        if (version != null && reply != null) {
            near.complete(fill, version, reply.now());
        } else if (reply != null && reply.existed() && reply.met() == null) {
            near.abandon(fill);
        } else if (reply != null && !reply.applied()) {
            near.refused(fill, reply.met());
        } else {
            near.completeUnknown(fill);
        }
    }

    /** Reads one key. A read that throws has told nobody anything, and changes nothing near. */
    @Nullable
    Entry<V> reading(K key, Supplier<@Nullable Entry<V>> read) {
        Fill<K> fill = begin(key);
        try {
            Entry<V> entry = read.get();
            near.complete(fill, entry);
            return entry;
        } catch (Throwable e) {
            near.abandon(fill);
            throw e;
        }
    }

    /** Reads the keys that {@code found} lacks, adds them to it and returns it. */
    Map<K, Entry<V>> reading(
            Collection<? extends K> wanted, Map<K, Entry<V>> found, Function<Collection<K>, Map<K, Entry<V>>> read) {
        Map<K, Fill<K>> fills = new LinkedHashMap<>();
        try {
            for (K key : wanted) {
                if (!found.containsKey(key) && !fills.containsKey(key)) {
                    fills.put(key, begin(key));
                }
            }
            if (!fills.isEmpty()) {
                found.putAll(read.apply(fills.keySet()));
            }
        } catch (Throwable e) {
            fills.values().forEach(near::abandon);
            throw e;
        }
        fills.forEach((key, fill) -> near.complete(fill, found.get(key)));
        return found;
    }

    Map<K, Reply<V>> writing(
            Map<? extends K, Change<V>> changes, Function<Map<? extends K, Change<V>>, Map<K, Reply<V>>> write) {
        Map<K, Fill<K>> fills = new HashMap<>();
        Map<K, Reply<V>> replies = new HashMap<>();
        try {
            for (K key : changes.keySet()) {
                fills.put(key, begin(key));
            }
            replies.putAll(write.apply(changes));
        } finally {
            fills.forEach((key, fill) -> settle(fill, replies.get(key)));
        }
        return replies;
    }
}
