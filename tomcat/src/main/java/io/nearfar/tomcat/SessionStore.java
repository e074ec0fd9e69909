package io.nearfar.tomcat;

import io.nearfar.CacheHealth;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache of sessions. What fails in it is told and reaches no request: these go on with the copy of this node. */
final class SessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);
    private static final int TOLD_AT_MOST = 100;

    private final String name;
    private final boolean near;
    private final Supplier<NearfarManager> managers;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Creates one over a cache of that name.
     *
     * @param near whether reads may be answered by the near tier
     * @param managers gives the open manager, another one after somebody has closed it
     */
    SessionStore(String name, boolean near, Supplier<NearfarManager> managers) {
        this.name = name;
        this.near = near;
        this.managers = managers;
    }

    /** What has come of a write. */
    enum Outcome {
        STORED,
        /** It is known to this node alone, for the far tier does not answer. */
        REMEMBERED,
        /** It was not written, for another node has ended the session. */
        ENDED,
        FAILED
    }

    /**
     * Opens the cache.
     *
     * @throws CacheException if a setting is wrong, or the far tier cannot be used as configured
     */
    Cache<String, StoredSession> open() {
        NearfarManager manager = managers.get();
        Cache<String, StoredSession> known = manager.getCache(name, String.class, StoredSession.class);
        return known != null ? known : manager.createCache(name, configuration(manager));
    }

    private NearfarConfiguration<String, StoredSession> configuration(NearfarManager manager) {
        NearfarConfiguration<String, StoredSession> configuration = new NearfarConfiguration<>();
        configuration.setTypes(String.class, StoredSession.class);
        configuration.setExpiryPolicyFactory(FactoryBuilder.factoryOf(new SessionExpiry()));
        return near ? configuration : farAlone(configuration, manager);
    }

    /** Has no near tier, unless there is nothing else. */
    static <K, V> NearfarConfiguration<K, V> farAlone(
            NearfarConfiguration<K, V> configuration, NearfarManager manager) {
        return manager.health().state() == CacheHealth.State.NO_FAR_TIER ? configuration : configuration.setMode("far");
    }

    /** Returns what is stored, and counts as a use of it; null if there is nothing, or that is not known. */
    @Nullable
    StoredSession get(String id) {
        try {
            return open().get(id);
        } catch (CacheException | IllegalStateException e) {
            tell(e);
            return null;
        }
    }

    /** Tells whether something is stored, which is no use of it; true if that is not known. */
    boolean has(String id) {
        try {
            return open().containsKey(id);
        } catch (CacheException | IllegalStateException e) {
            tell(e);
            return true;
        }
    }

    /** Tells whether there is a far tier whose word can be taken. */
    boolean answers() {
        try {
            return managers.get().health().state() == CacheHealth.State.UP;
        } catch (CacheException | IllegalStateException e) {
            tell(e);
            return false;
        }
    }

    /** Stores a session, unless it was ended meanwhile. */
    Outcome save(String id, StoredSession session) {
        try {
            return open().invoke(id, SessionStore::replace, session);
        } catch (FarTierUnavailableException e) {
            put(id, session);
            return Outcome.REMEMBERED;
        } catch (CacheException | IllegalStateException | ClassCastException e) {
            tell(e);
            return Outcome.FAILED;
        }
    }

    private static Outcome replace(
            javax.cache.processor.MutableEntry<String, StoredSession> entry, Object... arguments) {
        StoredSession known = entry.getValue();
        if (known != null && known.ended()) {
            return Outcome.ENDED;
        }
        entry.setValue((StoredSession) arguments[0]);
        return Outcome.STORED;
    }

    /** In an outage it is made up for. */
    private void put(String id, StoredSession session) {
        try {
            open().put(id, session);
        } catch (CacheException | IllegalStateException | ClassCastException e) {
            tell(e);
        }
    }

    /** Has all nodes know that a session has ended. */
    void end(String id, int maxInactiveInterval) {
        put(id, new StoredSession("", true, 0, 0, maxInactiveInterval, null, Map.of()));
    }

    private void tell(RuntimeException failure) {
        String said = String.valueOf(failure.getMessage());
        if (told.size() < TOLD_AT_MOST && told.add(said)) {
            LOG.warn("NF0951 {}: sessions go on without their cache, on this node alone: {}", name, said, failure);
        }
    }
}
