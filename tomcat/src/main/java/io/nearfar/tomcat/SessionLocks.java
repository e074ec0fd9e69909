package io.nearfar.tomcat;

import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the requests of a session be handled by one node at a time, all those of that node together. Who waits too long, or
 * cannot ask, goes on without the lock. That of a node which has died is free after a minute.
 */
final class SessionLocks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLocks.class);
    private static final Duration KEPT = new Duration(TimeUnit.MINUTES, 1);
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final String name;
    private final Supplier<NearfarManager> managers;
    private final long waitNanos;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    SessionLocks(String name, Supplier<NearfarManager> managers, int waitSeconds) {
        this.name = name;
        this.managers = managers;
        this.waitNanos = TimeUnit.SECONDS.toNanos(waitSeconds);
    }

    /** A lock that requests of this node want. */
    private final class Held {
        private final String id;
        private final String token = UUID.randomUUID().toString();
        private int users;
        private boolean asked;
        /** Also if that is not known: what is done with it asks for the token. */
        private volatile boolean taken;

        Held(String id) {
            this.id = id;
        }

        /** The first asks the other nodes, and the others wait for what comes of it. */
        synchronized void take() {
            if (!asked) {
                asked = true;
                taken = acquire(id, token);
            }
        }

        void release() {
            if (taken) {
                attempt(cache -> cache.remove(id, token));
            }
        }

        void renew() {
            if (taken) {
                attempt(cache -> cache.replace(id, token, token));
            }
        }
    }

    /** Waits until no other node has the session; to be followed by {@link #leave}. */
    void enter(String id) {
        Held lock = held.compute(id, (key, known) -> {
            Held one = known == null ? new Held(id) : known;
            one.users++;
            return one;
        });
        lock.take();
    }

    /** The last to leave on this node lets others in. */
    void leave(String id) {
        Held[] last = new Held[1];
        held.computeIfPresent(id, (key, lock) -> {
            lock.users--;
            if (lock.users > 0) {
                return lock;
            }
            last[0] = lock;
            return null;
        });
        if (last[0] != null) {
            last[0].release();
        }
    }

    /** Keeps the locks of requests that take long. */
    void renew() {
        held.values().forEach(Held::renew);
    }

    private boolean acquire(String id, String token) {
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!open().putIfAbsent(id, token)) {
                if (System.nanoTime() - begin > waitNanos) {
                    LOG.warn(
                            "NF0952 {}: another node has had a session for {} s; a request goes on beside it",
                            name,
                            TimeUnit.NANOSECONDS.toSeconds(waitNanos));
                    return false;
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return true;
        } catch (CacheException | IllegalStateException e) {
            LOG.debug("{}: a session cannot be locked", name, e);
            return true; // perhaps it is: only the answer was lost
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void attempt(Consumer<Cache<String, String>> operation) {
        try {
            operation.accept(open());
        } catch (CacheException | IllegalStateException e) {
            LOG.debug("{}: the lock of a session will end by itself", name, e);
        }
    }

    /**
     * Opens the cache of locks.
     *
     * @throws CacheException if a setting is wrong, or the far tier cannot be used as configured
     */
    Cache<String, String> open() {
        NearfarManager manager = managers.get();
        Cache<String, String> known = manager.getCache(name, String.class, String.class);
        return known != null ? known : manager.createCache(name, configuration(manager));
    }

    private static NearfarConfiguration<String, String> configuration(NearfarManager manager) {
        NearfarConfiguration<String, String> configuration = new NearfarConfiguration<>();
        configuration.setTypes(String.class, String.class);
        configuration.setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(KEPT));
        return SessionStore.farAlone(configuration, manager);
    }
}
