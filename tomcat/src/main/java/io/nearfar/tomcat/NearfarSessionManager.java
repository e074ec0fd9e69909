package io.nearfar.tomcat;

import io.nearfar.NearfarManager;
import java.net.URI;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.session.ManagerBase;
import org.apache.catalina.session.StandardSession;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the HTTP sessions of a web application in a cache of Nearfar, which all nodes share. It is named in the application's
 * context: {@code <Manager className="io.nearfar.tomcat.NearfarSessionManager"/>}; the setters are its attributes.
 *
 * <p>A session is read when a request first asks for it, and stored before the response is complete if it has changed. Each node
 * keeps a copy too, by which it goes on while the far tier does not answer. The page on sessions says what holds when.
 */
public class NearfarSessionManager extends ManagerBase {
    /** Asked for by name: another provider may be visible too. */
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private static final int DEFAULT_LOCK_WAIT_SECONDS = 10;

    private final ThreadLocal<Visit> visits = new ThreadLocal<>();
    private boolean sticky = true;
    private boolean readTakenForChange = true;
    private int lockWait = DEFAULT_LOCK_WAIT_SECONDS;
    private @Nullable String cacheName;
    private @Nullable String uri;
    private @Nullable SessionValve valve;
    private volatile @Nullable SessionStore store;
    private volatile @Nullable SessionLocks locks;

    /** Creates one with sticky sessions; Tomcat calls this. */
    public NearfarSessionManager() {}

    /** Returns whether the requests of a session go to the same node as a rule. */
    public boolean isSticky() {
        return sticky;
    }

    /**
     * Says whether the requests of a session go to the same node as a rule (the default). If not, each request reads the session
     * from the far tier; and in an application that is {@code <distributable/>} one node at a time handles the requests of a session.
     */
    public void setSticky(boolean sticky) {
        this.sticky = sticky;
    }

    /** Returns whether an attribute that was read, and that could be changed by whoever has it, is stored again. */
    public boolean isReadTakenForChange() {
        return readTakenForChange;
    }

    /** Says whether it is (the default); without it what changes an attribute has to set it anew. */
    public void setReadTakenForChange(boolean readTakenForChange) {
        this.readTakenForChange = readTakenForChange;
    }

    /** Returns how many seconds a request waits for another node to be done with its session. */
    public int getLockWait() {
        return lockWait;
    }

    /** Sets how many seconds (10) it waits before it goes on nonetheless. */
    public void setLockWait(int seconds) {
        this.lockWait = seconds;
    }

    /** Returns the name of the cache; null if it follows the path of the application. */
    public @Nullable String getCacheName() {
        return cacheName;
    }

    /** Sets the name of the cache; unless set it is {@code sessions}, a hyphen and the path of the application. */
    public void setCacheName(@Nullable String cacheName) {
        this.cacheName = cacheName;
    }

    /** Returns the URI of the cache manager; null for the default one. */
    public @Nullable String getUri() {
        return uri;
    }

    /** Sets the URI of the cache manager: a file of settings, or an address. */
    public void setUri(@Nullable String uri) {
        this.uri = uri;
    }

    @Override
    public String getName() {
        return "NearfarSessionManager";
    }

    /** Also puts a valve before all others, the one that authenticates among them, for it uses sessions. */
    @Override
    public void setContext(@Nullable Context context) {
        Context before = getContext();
        super.setContext(context);
        if (before != null && valve != null) {
            before.getPipeline().removeValve(valve);
        }
        if (context != null) {
            valve = new SessionValve(this);
            context.getPipeline().addValve(valve);
        }
    }

    @Override
    protected void startInternal() throws LifecycleException {
        super.startInternal();
        String name = cacheName == null ? nameByPath() : cacheName;
        ClassLoader application = getContext().getLoader().getClassLoader();
        SessionStore opened = new SessionStore(name, sticky, () -> manager(application));
        try {
            opened.open();
            if (!sticky && getContext().getDistributable()) {
                SessionLocks exclusive = new SessionLocks(name + "-locks", () -> manager(application), lockWait);
                exclusive.open();
                locks = exclusive;
            }
        } catch (CacheException e) {
            throw new LifecycleException("The cache " + name + " of sessions cannot be opened", e);
        }
        store = opened;
        setState(LifecycleState.STARTING);
    }

    /** Sessions stay in the cache; this node forgets them. */
    @Override
    protected void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        sessions.clear();
        store = null;
        locks = null;
        super.stopInternal();
    }

    private String nameByPath() {
        String path = getContext().getName().replaceAll("[^A-Za-z0-9]", "-");
        return path.isEmpty() ? "sessions" : "sessions" + (path.startsWith("-") ? "" : "-") + path;
    }

    private NearfarManager manager(ClassLoader application) {
        CachingProvider provider = Caching.getCachingProvider(PROVIDER, application);
        URI named = uri == null ? provider.getDefaultURI() : URI.create(uri);
        return provider.getCacheManager(named, application).unwrap(NearfarManager.class);
    }

    /** Does nothing: sessions are read when requests ask for them. */
    @Override
    public void load() {}

    /** Does nothing: sessions are stored at the end of each request. */
    @Override
    public void unload() {}

    @Override
    protected StandardSession getNewSession() {
        return new NearfarSession(this);
    }

    @Override
    public @Nullable Session createSession(@Nullable String id) {
        Session created = super.createSession(id);
        Visit visit = visits.get();
        if (visit != null && created instanceof NearfarSession session) {
            visit.add(session, null); // nobody else knows its id
            session.lock().lock();
            session.begin();
            session.lock().unlock();
        }
        return created;
    }

    /** Called with a session that is new or has got another id. */
    @Override
    public void add(Session session) {
        if (session instanceof NearfarSession ours) {
            ours.forgetVersion();
        }
        super.add(session);
    }

    /** Called with one that was ended, or is to get another id. */
    @Override
    public void remove(Session session, boolean update) {
        super.remove(session, update);
        SessionStore present = store;
        if (present != null && session instanceof NearfarSession ours && !ours.isStoredLeft()) {
            ours.lock().lock();
            try {
                if (ours.isStored()) {
                    present.end(ours.getIdInternal(), ours.getMaxInactiveInterval());
                }
            } finally {
                ours.lock().unlock();
            }
        }
    }

    @Override
    public @Nullable Session findSession(@Nullable String id) {
        SessionStore present = store;
        if (id == null || present == null) {
            return null;
        }
        Visit visit = visits.get();
        if (visit == null) {
            return found(id, present, false);
        }
        NearfarSession used = visit.find(id);
        return used != null ? used : found(id, present, visit);
    }

    private @Nullable NearfarSession found(String id, SessionStore present, Visit visit) {
        SessionLocks exclusive = locks;
        if (exclusive != null) {
            exclusive.enter(id);
        }
        NearfarSession session = null;
        try {
            session = found(id, present, true);
        } finally {
            if (session == null && exclusive != null) {
                exclusive.leave(id);
            }
        }
        if (session != null) {
            visit.add(session, exclusive == null ? null : id);
        }
        return session;
    }

    /** Returns the session as it is now, on this node and by what is stored; counted as used if it is to be. */
    private @Nullable NearfarSession found(String id, SessionStore present, boolean counted) {
        NearfarSession session = (NearfarSession) sessions.get(id);
        if (session == null) {
            session = loaded(id, present);
        } else if (!isCurrent(session, id, present)) {
            return null;
        }
        if (session != null && counted) {
            session.lock().lock();
            session.begin();
            session.lock().unlock();
        }
        return session;
    }

    private @Nullable NearfarSession loaded(String id, SessionStore present) {
        StoredSession stored = present.get(id);
        if (stored == null || stored.ended()) {
            return null;
        }
        NearfarSession fresh = new NearfarSession(this);
        fresh.restore(id, stored);
        NearfarSession other = (NearfarSession) sessions.putIfAbsent(id, fresh);
        return other == null ? fresh : other;
    }

    /** Brings the copy of this node up to date, unless requests use it; returns whether the session still is. */
    private boolean isCurrent(NearfarSession session, String id, SessionStore present) {
        session.lock().lock();
        try {
            if (session.isUsed()) {
                return true;
            }
            StoredSession stored = present.get(id);
            if (stored == null && !sticky && !session.isChanged() && present.answers()) {
                stored = present.get(id); // once more, for it did not answer before, perhaps
                if (stored == null) {
                    sessions.remove(id, session);
                    return false;
                }
            }
            if (stored == null) {
                session.change(); // the copy is all that there is
                return true;
            }
            if (stored.ended()) {
                sessions.remove(id, session);
                return false;
            }
            if (!session.isChanged()) {
                session.restore(id, stored);
            }
            return true;
        } finally {
            session.lock().unlock();
        }
    }

    /** Begins a request on this thread; returns false within one. */
    boolean begin() {
        if (visits.get() != null) {
            return false;
        }
        visits.set(new Visit());
        return true;
    }

    /** Ends the request: what it has changed is stored. */
    void end() {
        Visit visit = visits.get();
        visits.remove();
        SessionLocks exclusive = locks;
        for (Visit.Use use : visit.uses()) {
            save(use.session());
            use.session().lock().lock();
            use.session().end();
            use.session().lock().unlock();
            if (use.lock() != null && exclusive != null) {
                exclusive.leave(use.lock());
            }
        }
    }

    /** Stores a session if it has changed and was not ended. */
    void save(NearfarSession session) {
        SessionStore present = store;
        if (present == null) {
            return;
        }
        session.lock().lock();
        try {
            if (session.isAlive() && session.takeChange()) {
                session.passivate();
                SessionStore.Outcome outcome = present.save(session.getIdInternal(), session.state());
                session.activate();
                if (outcome == SessionStore.Outcome.ENDED) {
                    sessions.remove(session.getIdInternal(), session);
                } else if (outcome != SessionStore.Outcome.STORED) {
                    session.change();
                }
            }
        } finally {
            session.lock().unlock();
        }
    }

    /** Also stores what could not be stored before. */
    @Override
    public void backgroundProcess() {
        SessionLocks exclusive = locks;
        if (exclusive != null) {
            exclusive.renew();
        }
        for (Session each : findSessions()) {
            if (each instanceof NearfarSession session && !session.isUsed()) {
                save(session);
            }
        }
        super.backgroundProcess();
    }

    /** Ends copies that nobody has asked this node for; listeners are told unless the session goes on elsewhere. */
    @Override
    public void processExpires() {
        long begin = System.currentTimeMillis();
        SessionStore present = store;
        for (Session each : findSessions()) {
            if (present != null && each instanceof NearfarSession session && session.isIdle()) {
                end(session, present);
            }
        }
        processingTime += System.currentTimeMillis() - begin;
    }

    private void end(NearfarSession session, SessionStore present) {
        session.lock().lock();
        try {
            if (!session.isUsed()) {
                session.leaveStored();
                sessions.remove(session.getIdInternal(), session);
                if (!present.has(session.getIdInternal())) {
                    session.expire();
                }
            }
        } finally {
            session.lock().unlock();
        }
    }
}
