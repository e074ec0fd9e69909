package io.nearfar.tomcat;

import io.nearfar.CacheHealth;
import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

    /** What differs between two failures of the same kind: numbers, and ids of sessions. */
    private static final Pattern PARTICULAR = Pattern.compile("\\b(?:\\d+|[0-9A-F]{16,})\\b");

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
        /** It was not written, for another node has ended the session. */
        ENDED,
        /** It is known to this node alone, and to be written later. */
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
            return open().containsKey(id) || isCutOff();
        } catch (CacheException | IllegalStateException e) {
            tell(e);
            return true;
        }
    }

    /** Tells whether there is a far tier whose word can be taken. */
    boolean answers() {
        return state() == CacheHealth.State.UP;
    }

    /** Tells whether there is one that cannot be asked about each session. */
    boolean isCutOff() {
        CacheHealth.State state = state();
        return state != CacheHealth.State.UP && state != CacheHealth.State.NO_FAR_TIER;
    }

    private CacheHealth.State state() {
        try {
            return managers.get().health().state();
        } catch (CacheException | IllegalStateException e) {
            tell(e);
            return CacheHealth.State.DOWN;
        }
    }

    /**
     * Stores a session, unless it was ended meanwhile. In an outage nobody can tell whether it was, so that it is not put either,
     * which the provider would make up for without asking.
     *
     * @param session gives its state; may fail, as may what is in it when it is written
     */
    Outcome save(String id, Supplier<StoredSession> session) {
        try {
            return open().invoke(id, SessionStore::replace, session.get());
        } catch (FarTierUnavailableException e) {
            if (e instanceof FarRefusalException) {
                tell(e);
            }
            return Outcome.FAILED;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
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

    /** Has all nodes know that a session has ended; in an outage that is made up for. */
    void end(String id, int maxInactiveInterval) {
        try {
            open().put(id, new StoredSession("", true, 0, 0, maxInactiveInterval, null, Map.of()));
        } catch (CacheException | IllegalStateException e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        if (told.size() < TOLD_AT_MOST && told.add(kind(failure))) {
            LOG.warn(
                    "NF0951 {}: sessions go on without their cache, on this node alone: {}",
                    name,
                    failure.getMessage(),
                    failure);
        }
    }

    /** Returns what failures of one kind have in common, so that it is told once. */
    static String kind(Throwable failure) {
        return failure.getClass().getName() + " "
                + PARTICULAR.matcher(String.valueOf(failure.getMessage())).replaceAll("#");
    }
}
