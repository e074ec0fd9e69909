package io.nearfar.jcache.processor;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarEntry;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/**
 * The entry as one run of a processor sees it. What the processor does is kept here, and only its net effect is
 * {@link #effect asked for} afterwards (JSR-107, chapter 10). For use by one thread.
 */
public final class ProcessedEntry<K, V> implements NearfarEntry<K, V> {
    private final K key;
    private final Class<V> valueType;
    private final ReadThrough<V> readThrough;
    private @Nullable Entry<V> seen;
    private @Nullable V value;
    private boolean loadTried;
    private boolean settled = true;
    private Effect effect = Effect.NONE;
    private EntryOptions options = EntryOptions.NONE;

    /**
     * Creates the entry before the run.
     *
     * @param seen what the cache holds, or null
     * @param valueType what values must be instances of
     * @param readThrough asked at most once, when the processor wants a value that is not there
     */
    public ProcessedEntry(K key, @Nullable Entry<V> seen, Class<V> valueType, ReadThrough<V> readThrough) {
        this.key = key;
        this.seen = seen;
        this.valueType = valueType;
        this.readThrough = readThrough;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public boolean exists() {
        return switch (effect) {
            case CREATED, UPDATED -> true;
            case REMOVED -> false;
            case NONE, ACCESSED -> seen != null || value != null;
        };
    }

    @Override
    @SuppressWarnings("NullAway") // null says that there is no value, which the interface cannot express
    public V getValue() {
        if (effect == Effect.NONE && value == null) {
            value = seen == null ? loaded() : accessed(seen);
        }
        return value;
    }

    private V accessed(Entry<V> entry) {
        effect = Effect.ACCESSED;
        return entry.get();
    }

    private @Nullable V loaded() {
        if (loadTried) {
            return null;
        }
        loadTried = true;
        ReadThrough.Found<V> found = readThrough.load();
        seen = found.entry();
        settled = found.settled();
        Value<V> loaded = found.value();
        return loaded == null ? null : loaded.get();
    }

    @Override
    public void setValue(V newValue) {
        setValue(newValue, EntryOptions.NONE);
    }

    @Override
    public void setValue(V newValue, EntryOptions newOptions) {
        if (newOptions == null) {
            throw new NullPointerException(
                    "The options that an entry processor sets are null; give EntryOptions.NONE, or leave them out");
        }
        if (newValue == null) {
            throw new NullPointerException(
                    "An entry processor cannot set the value to null; remove() removes the entry");
        }
        if (!valueType.isInstance(newValue)) {
            throw new ClassCastException("An entry processor cannot set a value of "
                    + newValue.getClass().getName() + " in a cache whose values are declared as "
                    + valueType.getName());
        }
        effect = seen == null ? Effect.CREATED : Effect.UPDATED;
        value = newValue;
        options = newOptions;
    }

    @Override
    public void remove() {
        effect = effect == Effect.CREATED ? Effect.NONE : Effect.REMOVED;
        loadTried = true;
        value = null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("The entry of a processor cannot be unwrapped to " + type.getName());
    }

    /** Returns the net effect of the run so far. */
    public Effect effect() {
        return effect;
    }

    /** Returns what the cache held when the run began or what the run loaded into it; null if nothing. */
    public @Nullable Entry<V> seen() {
        return seen;
    }

    /** Tells whether {@link #seen} can be built on; see {@link ReadThrough.Found#settled}. */
    public boolean isSettled() {
        return settled;
    }

    /** Returns the options with which the value was set. */
    public EntryOptions options() {
        return options;
    }

    /** Returns the value to write; only after {@link Effect#CREATED} or {@link Effect#UPDATED}. */
    public V newValue() {
        if (value == null) {
            throw new IllegalStateException("The processor has set no value; its effect is " + effect);
        }
        return value;
    }
}
