package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/** Turns away null, what is not of the declared types, and keys that the cache's rule does not allow. */
final class TypeGuard<K, V> {
    private static final int MOST_TAGS = 1_000;

    private final String cache;
    private final Class<K> keyType;
    private final Class<V> valueType;
    private final @Nullable KeyGuard<K> keys;

    /** @param keys knows the rule for keys, or null if any is allowed */
    TypeGuard(String cache, Configuration<K, V> configuration, @Nullable KeyGuard<K> keys) {
        this.cache = cache;
        this.keys = keys;
        this.keyType = configuration.getKeyType();
        this.valueType = configuration.getValueType();
    }

    void key(@Nullable K key) {
        if (key == null) {
            throw isNull("The key");
        }
        keepsRule(key);
    }

    private void keepsRule(K key) {
        if (keys != null) {
            keys.check(key);
        }
    }

    void keys(@Nullable Iterable<? extends K> all) {
        if (all == null) {
            throw isNull("The set of keys");
        }
        all.forEach(this::key);
    }

    void entry(@Nullable K key, @Nullable V value) {
        if (key == null) {
            throw isNull("The key");
        } else if (value == null) {
            throw isNull("The value for key " + key);
        } else if (!keyType.isInstance(key)) {
            throw mismatch("key", keyType, key);
        } else if (!valueType.isInstance(value)) {
            throw mismatch("value", valueType, value);
        }
        keepsRule(key);
    }

    void entries(@Nullable Map<? extends K, ? extends V> map) {
        if (map == null) {
            throw isNull("The map");
        }
        map.forEach(this::entry);
    }

    void oldValue(@Nullable V oldValue) {
        if (oldValue == null) {
            throw isNull("The old value");
        }
    }

    void processor(@Nullable EntryProcessor<K, V, ?> processor) {
        if (processor == null) {
            throw isNull("The entry processor");
        }
    }

    void options(@Nullable Object options) {
        if (options == null) {
            throw new NullPointerException("The options of a write to cache " + cache
                    + " are null; give EntryOptions.NONE, or leave them out");
        }
    }

    void tags(@Nullable Collection<String> tags) {
        if (tags == null) {
            throw new NullPointerException("The tags to invalidate in cache " + cache + " are null");
        } else if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("At most " + MOST_TAGS + " tags are invalidated at once, and cache "
                    + cache + " is given " + tags.size() + "; call it several times, or clear the cache");
        }
        tags.forEach(tag -> EntryOptions.NONE.withTags(tag));
    }

    void pattern(@Nullable String pattern) {
        if (pattern == null) {
            throw new NullPointerException(
                    "The pattern or prefix of keys to invalidate in cache " + cache + " is null");
        }
    }

    void pace(@Nullable Object pace) {
        if (pace == null) {
            throw new NullPointerException(
                    "The pace of an invalidation in cache " + cache + " is null; give InvalidationPace.DEFAULT");
        }
    }

    void function(@Nullable Object load) {
        if (load == null) {
            throw isNull("The function that loads");
        }
    }

    CacheEntryListenerConfiguration<K, V> listener(@Nullable CacheEntryListenerConfiguration<K, V> configuration) {
        return Objects.requireNonNull(configuration, () -> "The listener's configuration is null, for cache " + cache);
    }

    void mustHave(Class<?> keys, Class<?> values) {
        if (keyType != keys || valueType != values) {
            throw new ClassCastException("Cache " + cache + " is declared with keys of " + keyType.getName()
                    + " and values of " + valueType.getName() + ", and was asked for with " + keys.getName() + " and "
                    + values.getName());
        }
    }

    private NullPointerException isNull(String what) {
        return new NullPointerException(what + " is null, which cache " + cache + " cannot hold or look up");
    }

    private ClassCastException mismatch(String what, Class<?> declared, Object given) {
        return new ClassCastException("Cache " + cache + " is declared to have a " + what + " of " + declared.getName()
                + ", not of " + given.getClass().getName() + "; see Configuration.setTypes");
    }
}
