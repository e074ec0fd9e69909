package io.nearfar.jcache;

import io.nearfar.entry.Change;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Keyed;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store whose near tier has not heard of anything since it was last told to look: what another node did is there, and a
 * near read does not show it.
 */
final class StaleNearStore<K, V> implements EntryStore<K, V> {
    private final EntryStore<K, V> authority;
    private final Map<K, Optional<Entry<V>>> near = new HashMap<>();
    int authorityReads;
    int changes;

    StaleNearStore(EntryStore<K, V> authority) {
        this.authority = authority;
    }

    /** Has the near tier remember what is there now. */
    void freeze(K key) {
        near.put(key, Optional.ofNullable(authority.read(key, Freshness.AUTHORITY)));
    }

    @Override
    public Entry<V> lookup(K key) {
        return read(key, Freshness.NEAR);
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        return readAll(keys, Freshness.NEAR);
    }

    @Override
    public Entry<V> read(K key, Freshness freshness) {
        if (freshness == Freshness.NEAR && near.containsKey(key)) {
            return near.get(key).orElse(null);
        }
        authorityReads++;
        return authority.read(key, Freshness.AUTHORITY);
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        Map<K, Entry<V>> found = new HashMap<>();
        for (K key : keys) {
            Entry<V> entry = read(key, freshness);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        changes++;
        return authority.apply(key, change);
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> all) {
        Map<K, Reply<V>> replies = new HashMap<>();
        all.forEach((key, change) -> replies.put(key, apply(key, change)));
        return replies;
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        return authority.touch(key, seen, millis);
    }

    @Override
    public Lease<V> lease(K key, long millis) {
        return authority.lease(key, millis);
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return authority.renew(key, granted, millis);
    }

    @Override
    public void release(K key, Version granted) {
        authority.release(key, granted);
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        return authority.releaseFailed(key, granted, restMillis);
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        return authority.kept(key);
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        authority.rememberAbsence(key, granted, millis, tags);
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        authority.invalidateTags(tags, ending);
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        authority.invalidatePattern(pattern, walk);
    }

    @Override
    public void clear() {
        authority.clear();
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        return authority.scan();
    }

    @Override
    public void destroy() {
        authority.destroy();
    }

    @Override
    public void close() {
        authority.close();
    }
}
