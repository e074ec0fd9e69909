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
import io.nearfar.observe.OperationLog;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A store for those who invalidate: what ends many entries, or one, is told in the log where that is wanted. All else is as the
 * store behind it has it.
 */
final class LoggedEndings<K, V> implements EntryStore<K, V> {
    private static final int MOST_TAGS = 5;

    private final Desk<K, V> desk;
    private final EntryStore<K, V> store;
    private final OperationLog log;

    LoggedEndings(Desk<K, V> desk) {
        this.desk = desk;
        this.store = desk.store();
        this.log = desk.operations();
    }

    @Override
    public Reply<V> apply(K key, Change<V> change) {
        return log.look()
                ? log.told(
                        "invalidate",
                        desk.shown(key),
                        () -> store.apply(key, change),
                        (course, reply) -> course.in(reply.existed() ? "ended" : "nothing there"))
                : store.apply(key, change);
    }

    @Override
    public void clear() {
        told("clear", "all keys", store::clear, "cleared");
    }

    @Override
    public void invalidateTags(Collection<String> tags, Ending ending) {
        told(name(ending) + "Tags", log.look() ? shown(tags) : "", () -> store.invalidateTags(tags, ending), "ended");
    }

    private String shown(Collection<String> tags) {
        String some =
                tags.stream().limit(MOST_TAGS).map(tag -> log.key(tag, tag)).collect(Collectors.joining(", "));
        return tags.size() > MOST_TAGS ? some + " and " + (tags.size() - MOST_TAGS) + " more" : some;
    }

    private static String name(Ending ending) {
        return ending == Ending.SOFT ? "expire" : "invalidate";
    }

    @Override
    public void invalidatePattern(String pattern, KeyWalk walk) {
        if (!log.look()) {
            store.invalidatePattern(pattern, walk);
            return;
        }
        Supplier<Long> whole = () -> {
            store.invalidatePattern(pattern, walk);
            return walk.removed();
        };
        log.told(
                name(walk.ending()) + "Pattern",
                log.key(pattern, pattern),
                whole,
                (course, removed) -> course.in(removed + " ended"));
    }

    private void told(String operation, String key, Runnable body, String result) {
        if (!log.look()) {
            body.run();
            return;
        }
        Supplier<Boolean> whole = () -> {
            body.run();
            return true;
        };
        log.told(operation, key, whole, (course, answer) -> course.in(result));
    }

    // ---- as it is

    @Override
    public @Nullable Entry<V> lookup(K key) {
        return store.lookup(key);
    }

    @Override
    public @Nullable Entry<V> lookupNear(K key) {
        return store.lookupNear(key);
    }

    @Override
    public Map<K, Entry<V>> lookupAll(Collection<? extends K> keys) {
        return store.lookupAll(keys);
    }

    @Override
    public @Nullable Entry<V> read(K key, Freshness freshness) {
        return store.read(key, freshness);
    }

    @Override
    public Map<K, Entry<V>> readAll(Collection<? extends K> keys, Freshness freshness) {
        return store.readAll(keys, freshness);
    }

    @Override
    public Map<K, Reply<V>> applyAll(Map<? extends K, Change<V>> changes) {
        return store.applyAll(changes);
    }

    @Override
    public boolean touch(K key, Entry<V> seen, long millis) {
        return store.touch(key, seen, millis);
    }

    @Override
    public Lease<V> lease(K key, long millis) {
        return store.lease(key, millis);
    }

    @Override
    public boolean renew(K key, Version granted, long millis) {
        return store.renew(key, granted, millis);
    }

    @Override
    public void release(K key, Version granted) {
        store.release(key, granted);
    }

    @Override
    public boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        return store.releaseFailed(key, granted, restMillis);
    }

    @Override
    public @Nullable Entry<V> kept(K key) {
        return store.kept(key);
    }

    @Override
    public void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        store.rememberAbsence(key, granted, millis, tags);
    }

    @Override
    public Iterator<Keyed<K, V>> scan() {
        return store.scan();
    }

    @Override
    public void destroy() {
        store.destroy();
    }

    @Override
    public void close() {
        store.close();
    }
}
