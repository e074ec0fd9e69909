package io.nearfar.jcache.integration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * A cache's writer, its failures turned into {@link CacheWriterException} as the specification asks (section 8.3). It is
 * called before any tier is changed.
 */
public final class Writer<K, V> {
    private final CacheWriter<? super K, ? super V> writer;

    /** Wraps the application's writer. */
    public Writer(CacheWriter<? super K, ? super V> writer) {
        this.writer = writer;
    }

    /**
     * What became of a batch.
     *
     * @param done the keys that the writer has dealt with
     * @param failure what it threw, or null
     */
    public record Batch<K>(Set<K> done, @Nullable CacheWriterException failure) {
        /** Throws the failure, if there was one; to be called once the tiers have followed what was done. */
        public void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Writes one entry. */
    @SuppressWarnings("unchecked") // the writer takes any entry of these types, and only reads it
    public void write(Cache.Entry<K, V> entry) {
        CacheWriterException failure = attempt("writing an entry", () -> ((CacheWriter<K, V>) writer).write(entry));
        if (failure != null) {
            throw failure;
        }
    }

    /** Deletes one key, whether or not the cache has an entry for it. */
    public void delete(K key) {
        CacheWriterException failure = attempt("deleting a key", () -> writer.delete(key));
        if (failure != null) {
            throw failure;
        }
    }

    /** Writes many entries; what the writer left in its collection was not written. */
    @SuppressWarnings("unchecked") // the writer takes any entries of these types, and only reads them
    public Batch<K> writeAll(List<Cache.Entry<K, V>> entries) {
        Collection<Cache.Entry<? extends K, ? extends V>> rest = new ArrayList<>(entries);
        CacheWriterException failure =
                attempt("writing many entries", () -> ((CacheWriter<K, V>) writer).writeAll(rest));
        Set<K> done = new HashSet<>();
        entries.forEach(entry -> done.add(entry.getKey()));
        leave(entries.size(), rest, failure, entry -> done.remove(entry.getKey()));
        return new Batch<>(done, failure);
    }

    /** Deletes many keys; what the writer left in its collection was not deleted. */
    public Batch<K> deleteAll(Collection<? extends K> keys) {
        Collection<K> rest = new HashSet<>(keys);
        CacheWriterException failure = attempt("deleting many keys", () -> writer.deleteAll(rest));
        Set<K> done = new HashSet<>(keys);
        leave(done.size(), rest, failure, done::remove);
        return new Batch<>(done, failure);
    }

    /**
     * The specification has the writer take out what it wrote, also when all went well. Many do not; so a writer that
     * returns and has taken nothing out has written everything.
     */
    private static <T> void leave(
            int before, Collection<T> rest, @Nullable CacheWriterException failure, Consumer<T> undone) {
        if (failure != null || rest.size() < before) {
            rest.forEach(undone);
        }
    }

    private @Nullable CacheWriterException attempt(String what, Runnable call) {
        try {
            call.run();
            return null;
        } catch (CacheWriterException e) {
            return e;
        } catch (RuntimeException e) {
            return new CacheWriterException("Cache writer " + writer.getClass().getName() + " failed " + what, e);
        }
    }
}
