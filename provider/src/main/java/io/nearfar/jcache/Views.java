package io.nearfar.jcache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** One cache and its views in other versions: each version once, a bounded number, none open after the cache. */
final class Views<K, V> {
    /** Each has a near tier of the cache's full size. */
    static final int MOST = 16;

    private final CacheFrontDesk<K, V> original;
    private final int originalVersion;
    private final IntFunction<CacheFrontDesk<K, V>> opening;
    private final Map<Integer, CacheFrontDesk<K, V>> open = new ConcurrentHashMap<>();

    Views(CacheFrontDesk<K, V> original, int originalVersion, IntFunction<CacheFrontDesk<K, V>> opening) {
        this.original = original;
        this.originalVersion = originalVersion;
        this.opening = opening;
    }

    /**
     * Returns the cache in that version.
     *
     * @throws IllegalArgumentException if there is no such version
     * @throws IllegalStateException if the cache is closed
     * @throws CacheException if too many views are open
     */
    CacheFrontDesk<K, V> in(int version) {
        if (version == originalVersion) {
            return original;
        }
        if (version < 0) {
            throw new IllegalArgumentException(
                    "Cache " + original.getName() + " has no version " + version + "; versions are 0 and above");
        }
        CacheFrontDesk<K, V> known = known(version);
        return known == null ? openOnce(version) : known;
    }

    private @Nullable CacheFrontDesk<K, V> known(int version) {
        CacheFrontDesk<K, V> view = open.get(version);
        return view == null || view.isClosed() ? null : view;
    }

    private synchronized CacheFrontDesk<K, V> openOnce(int version) {
        original.mustBeOpen();
        CacheFrontDesk<K, V> known = known(version);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            throw new CacheException(
                    "Cache " + original.getName() + " cannot be opened in version " + version + " too: " + MOST
                            + " views of it are open, in versions " + versions() + "; close one that is done with");
        }
        CacheFrontDesk<K, V> opened = opening.apply(version);
        open.put(version, opened);
        return opened;
    }

    private String versions() {
        return open.keySet().stream()
                .sorted()
                .map(String::valueOf)
                .reduce((one, next) -> one + ", " + next)
                .orElse("");
    }

    /**
     * Closes one of them, with the cache all its views before it; whoever comes second does not wait. From the moment that
     * it counts as closed until it is taken down, no other of its version is opened, which would go by the same name.
     */
    void close(CacheFrontDesk<K, V> closing, Runnable takingDown) {
        if (!closing.isClosed()) {
            closeOnce(closing, takingDown);
        }
    }

    private synchronized void closeOnce(CacheFrontDesk<K, V> closing, Runnable takingDown) {
        if (closing.isClosed()) {
            return;
        }
        closing.markClosed();
        if (closing == original) {
            open.values().forEach(CacheFrontDesk::close);
        }
        try {
            takingDown.run();
        } finally {
            open.remove(closing.version(), closing);
        }
    }

    /** Destroys a version, which is opened for that if it is not open. */
    synchronized void destroy(int version) {
        in(version).destroy();
    }
}
