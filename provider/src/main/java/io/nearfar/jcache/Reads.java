package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Value;
import io.nearfar.jcache.management.CacheStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/*
 * The walk of a near hit
 * ======================
 * A get that is answered from this process goes through three rooms. As a rule it takes no lock, encodes nothing, and allocates
 * nothing but the copy of a value that can change; it never asks a server. (Caffeine tidies up in the thread of a caller now
 * and then; a hit that is timed may make the text of its key; and so does a rule for keys, where a cache has one.)
 *
 * jcache. CacheFrontDesk.get looks whether the cache is open and the key is one that it takes, LoggedReads whether operations
 * are told just now; get below then asks the store for what lies near. Whatever else a get may come to begins in getBeyond.
 *
 * tier. TieredStore.lookupNear reads the clock, once for all that a hit has to compare with it. After a hit it counts, as a
 * rule in a cell that this thread alone writes; the cell knows which hit is to be timed, and for that one the clock is read
 * again. In mode near this room is left out: LocalStore.lookupNear looks up and counts, and reads a clock for an entry that
 * has an end, and for a hit that is timed.
 *
 * near. NearTier.get looks the key up in Caffeine's map, and the node that lies there says whether it may be served: its
 * partition was verified within the lease, neither its end nor that of its stay here has come, and its seal is the
 * partition's, or it is judged anew.
 *
 * Back here what a hit has to do is done, if the cache has anything of the kind (an expiry policy that minds accesses, loads
 * before the end), and the value is given out: the object itself where it cannot be changed or is kept by reference, else a
 * copy.
 */

/** get, getAll, containsKey. */
class Reads<K, V> {
    private final Desk<K, V> desk;
    private final Loading<K, V> loading;
    private final Refreshing<K, V> refreshing;
    private final EntryStore<K, V> store;
    private final CacheStatistics statistics;
    private final boolean hitsHaveDuties;

    Reads(Desk<K, V> desk, Loading<K, V> loading, Refreshing<K, V> refreshing) {
        this.desk = desk;
        this.loading = loading;
        this.refreshing = refreshing;
        this.store = desk.store();
        this.statistics = desk.statistics();
        this.hitsHaveDuties = desk.mindsAccess() || refreshing.isOn();
    }

    @Nullable
    V get(K key) {
        Entry<V> entry = store.lookupNear(key);
        if (entry == null) {
            return getBeyond(key);
        }
        if (hitsHaveDuties) {
            wasRead(key, entry);
        }
        return entry.get();
    }

    /** Goes on where the near tier has nothing. */
    private @Nullable V getBeyond(K key) {
        long start = statistics.startGet();
        Entry<V> entry = store.lookup(key);
        return entry == null ? missed(key, start) : found(key, entry, start);
    }

    private void wasRead(K key, Entry<V> entry) {
        desk.accessed(key, entry);
        refreshing.read(key, entry);
    }

    /** What is to be done for an entry that a look-up has found; returns its value. */
    V found(K key, Entry<V> entry, long start) {
        wasRead(key, entry);
        statistics.hit(start);
        return entry.get();
    }

    /** Likewise, for a caller who would load so. */
    V found(K key, Entry<V> entry, AsyncContextLoad<? extends V> load, long start) {
        desk.accessed(key, entry);
        desk.statistics().hit(start);
        refreshing.read(key, entry, load);
        return entry.get();
    }

    /** Looks up like {@link #get}, for a caller who would load so. */
    private @Nullable V known(K key, ContextLoad<? extends V> load) {
        Entry<V> entry = known(key);
        if (entry == null) {
            return null;
        }
        refreshing.read(key, entry, load);
        return entry.get();
    }

    /** Likewise. */
    private @Nullable V known(K key, AsyncContextLoad<? extends V> load) {
        Entry<V> entry = known(key);
        if (entry == null) {
            return null;
        }
        refreshing.read(key, entry, load);
        return entry.get();
    }

    /** Returns what is there, or what {@code load} comes to. */
    @Nullable
    V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        V known = known(key, load);
        return known == null ? plain(loading.getOrLoad(key, load).value()) : known;
    }

    /** Likewise, for a caller who does not wait. */
    CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        V known = known(key, load);
        return known == null ? loading.getOrLoadAsync(key, load) : CompletableFuture.completedStage(known);
    }

    private @Nullable Entry<V> known(K key) {
        Entry<V> near = store.lookupNear(key);
        Entry<V> entry = near == null ? knownBeyond(key) : near;
        if (entry != null) {
            desk.accessed(key, entry);
        }
        return entry;
    }

    private @Nullable Entry<V> knownBeyond(K key) {
        long start = statistics.startGet();
        Entry<V> entry = store.lookup(key);
        if (entry == null) {
            statistics.miss(start);
        } else {
            statistics.hit(start);
        }
        return entry;
    }

    private @Nullable V missed(K key, long start) {
        try {
            return desk.readsThrough() ? plain(loading.through(key).value()) : null;
        } finally {
            desk.statistics().miss(start);
        }
    }

    static <V> @Nullable V plain(@Nullable Value<V> value) {
        return value == null ? null : value.get();
    }

    Map<K, V> getAll(Set<? extends K> keys) {
        long start = desk.statistics().startGet();
        Map<K, Entry<V>> entries = desk.store().lookupAll(keys);
        Map<K, V> found = new HashMap<>();
        entries.forEach((key, entry) -> {
            desk.accessed(key, entry);
            refreshing.read(key, entry);
            found.put(key, entry.get());
        });
        try {
            if (desk.readsThrough()) {
                loadMissing(keys, found);
            }
        } finally { // what was read was read, also where a load fails
            desk.statistics().gets(entries.size(), (long) keys.size() - entries.size(), start);
        }
        return found;
    }

    /** Waits for all of them together no longer than for one. */
    private void loadMissing(Set<? extends K> keys, Map<K, V> found) {
        long since = System.nanoTime();
        for (K key : keys) {
            if (!found.containsKey(key)) {
                Value<V> loaded = loading.through(key, since).value();
                if (loaded != null) {
                    found.put(key, loaded.get());
                }
            }
        }
    }

    boolean containsKey(K key) {
        return desk.store().read(key, Freshness.NEAR) != null;
    }
}
