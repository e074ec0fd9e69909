package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.RateLimitExceededException;
import io.nearfar.config.Namespaces;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.Version;
import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.event.Mutation;
import io.nearfar.jcache.expiry.Expiry;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.jcache.integration.Writer;
import io.nearfar.jcache.management.CacheStatistics;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.OperationLog;
import io.nearfar.tier.LoadCoordinator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What the chapters of one cache's front desk share, and the duties that each of them has after a change.
 *
 * @param cache the cache's name
 * @param valueType what values must be instances of
 * @param opened what lies behind the desk
 * @param parts what the configuration asks for
 * @param locks keeps threads of this process apart
 * @param background runs what no caller waits for
 * @param completers complete what callers of the asynchronous view hold
 */
record Desk<K, V>(
        String cache,
        Class<V> valueType,
        Opened<K, V> opened,
        Parts<K, V> parts,
        KeyLocks<K> locks,
        Executor background,
        Completers completers) {

    EntryStore<K, V> store() {
        return opened.tiers().store();
    }

    LoadCoordinator<K, V> loads() {
        return opened.tiers().loads();
    }

    ValueFormat<V> values() {
        return opened.values();
    }

    CacheSignals signals() {
        return opened.signals();
    }

    /** Returns what tells of the cache's operations. */
    OperationLog operations() {
        return opened.signals().operations();
    }

    /** Returns what that shows of a key. */
    String shown(K key) {
        return operations().key(opened.readable().apply(key), key);
    }

    /** Returns how long the entry of a key lives with that value. */
    Expiry expiry(K key, Value<V> value) {
        return parts.expiry().of(key, value);
    }

    /** Returns on what terms a write that says nothing of its entry stores it. */
    EntryTerms terms(K key, Value<V> value) {
        return EntryTerms.of(expiry(key, value)).with(namespaces(key));
    }

    /** Likewise of a write with options. */
    EntryTerms terms(K key, Value<V> value, EntryOptions options) {
        return EntryTerms.of(expiry(key, value), options).with(namespaces(key));
    }

    /** Returns the terms on which it is remembered that there is nothing under a key. */
    EntryTerms termsOfNothing(K key, EntryOptions options) {
        return EntryTerms.ofNothing(options).with(namespaces(key));
    }

    /** Returns what an entry carries of whose write nothing else is said. */
    Attributes attributes(K key) {
        return Attributes.of(namespaces(key), Attributes.AS_CONFIGURED);
    }

    /** Returns the tags by which what is stored under a key belongs to namespaces. */
    private List<String> namespaces(K key) {
        Namespaces declared = opened.settings().namespaces();
        return declared.isNone() ? List.of() : declared.tags(opened.readable().apply(key));
    }

    @Nullable
    Loader<K, V> loader() {
        return parts.loader();
    }

    @Nullable
    Writer<K, V> writer() {
        return parts.writer();
    }

    /**
     * Charges so many loads to the cache's limit, if it has one; to be called right before the application loads.
     *
     * @throws RateLimitExceededException if there is no room for them
     * @throws CacheException if they are more than there can ever be room for
     */
    void charge(int loads) {
        try {
            opened.limit().charge(loads);
        } catch (RateLimitExceededException e) {
            signals().refusedLoads(loads);
            throw e;
        }
    }

    boolean readsThrough() {
        return parts.readsThrough();
    }

    Listeners<K, V> listeners() {
        return parts.listeners();
    }

    CacheStatistics statistics() {
        return parts.statistics();
    }

    /** Returns the key as it may be kept: itself if it cannot change, else a copy. */
    K kept(K key) {
        return opened.keys().apply(key);
    }

    /**
     * Keeps other writers of this process off the key, if a listener or a writer must see its changes in order.
     *
     * @throws CacheException if the key cannot be waited for; see {@link KeyLocks}
     */
    KeyLocks.Hold hold(K key) {
        return isSerialised() ? locks.hold(key) : KeyLocks.Hold.NONE;
    }

    /** Like {@link #hold}, to tell the listeners of what is stored already: better out of order than not at all. */
    KeyLocks.Hold holdToTell(K key) {
        return isSerialised() ? locks.holdOrPass(key) : KeyLocks.Hold.NONE;
    }

    /** Keeps other processors of this process off the key, also where nobody must see its changes in order. */
    KeyLocks.Hold holdForProcessor(K key) {
        return isSerialised() ? locks.hold(key) : locks.holdOrPass(key);
    }

    /** Like {@link #hold} for many keys. */
    KeyLocks.Hold holdAll(Collection<? extends K> keys) {
        return isSerialised() ? locks.holdAll(keys) : KeyLocks.Hold.NONE;
    }

    boolean isSerialised() {
        return writer() != null || !listeners().isEmpty();
    }

    /** Tells whether a change must bring back what it met because a listener wants to know. */
    boolean wantsMet() {
        return listeners().wantOldValues();
    }

    /** Tells whether an applied write left an entry or changed one; false if it created one that expired at once. */
    static boolean isStored(Reply<?> write) {
        return write.applied() && (write.existed() || write.now() != null || write.version() == null);
    }

    /** Tells whether the policy wants to know of reads. */
    boolean mindsAccess() {
        return parts.expiry().mindsAccess();
    }

    /** Lets the policy know that an entry was read. */
    void accessed(K key, Entry<V> entry) {
        if (mindsAccess()) {
            long millis = expiry(key, entry.value()).onAccess();
            if (millis != Lifetime.UNCHANGED) {
                store().touch(key, entry, millis);
            }
        }
    }

    /** Counts an applied write and tells the listeners. */
    void wrote(K key, Value<V> value, Reply<V> reply) {
        if (isStored(reply)) {
            signals().put();
        }
        if (!listeners().isEmpty()) {
            listeners().tell(mutations(key, value, reply));
        }
    }

    /** Counts an applied removal and tells the listeners. */
    void removed(K key, Reply<V> reply) {
        if (reply.applied() && reply.existed()) {
            signals().removed();
            if (!listeners().isEmpty()) {
                listeners()
                        .tell(Mutation.removed(kept(key), valueOf(reply.met())).at(stamp(reply)));
            }
        }
    }

    /** Returns what listeners are to know of a write. */
    List<Mutation<K, V>> mutations(K key, Value<V> value, Reply<V> reply) {
        List<Mutation<K, V>> mutations = new ArrayList<>(2);
        if (!reply.applied()) {
            return mutations;
        }
        K kept = kept(key);
        long stamp = stamp(reply);
        if (reply.existed()) {
            mutations.add(Mutation.updated(kept, value, valueOf(reply.met())).at(stamp));
            if (reply.now() == null) {
                mutations.add(Mutation.expired(kept, value).at(stamp));
            }
        } else if (reply.now() != null) {
            mutations.add(Mutation.created(kept, value).at(stamp));
        }
        return mutations;
    }

    /** Returns the stamp of a change, 0 if it is not known. */
    static long stamp(Reply<?> reply) {
        Version version = reply.version();
        return version == null ? 0 : version.stamp();
    }

    static <V> @Nullable Value<V> valueOf(@Nullable Entry<V> entry) {
        return entry == null ? null : entry.value();
    }
}
