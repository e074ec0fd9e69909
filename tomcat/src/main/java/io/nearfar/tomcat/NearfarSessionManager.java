package io.nearfar.tomcat;

import io.nearfar.NearfarManager;
import java.net.URI;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.apache.catalina.Valve;
import org.apache.catalina.session.ManagerBase;
import org.apache.catalina.session.StandardSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(NearfarSessionManager.class);

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

    /** Returns the name of the cache; null if it follows host and path of the application. */
    public @Nullable String getCacheName() {
        return cacheName;
    }

    /** Sets the name of the cache; unless set it is made of the host and the path of the application. */
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
        checkOrder();
        String name = cacheName == null ? defaultName() : cacheName;
        ClassLoader application = getContext().getLoader().getClassLoader();
        SessionStore opened = new SessionStore(name, sticky, () -> manager(application));
        try {
            opened.open();
            if (!sticky && getContext().getDistributable()) {
                SessionLocks exclusive =
                        new SessionLocks(CacheName.ofLocks(name), () -> manager(application), lockWait);
                exclusive.open();
                locks = exclusive;
            }
        } catch (CacheException e) {
            throw new LifecycleException("The cache " + name + " of sessions cannot be opened", e);
        }
        store = opened;
        setState(LifecycleState.STARTING);
    }

    /** Sessions stay in the cache, as they are now; this node forgets them. */
    @Override
    protected void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        SessionStore present = store;
        if (present != null && !present.isCutOff()) {
            for (Session each : findSessions()) {
                if (each instanceof NearfarSession session) {
                    save(session, null);
                }
            }
        }
        sessions.clear();
        store = null;
        locks = null;
        super.stopInternal();
    }

    private String defaultName() {
        Container host = getContext().getParent();
        return CacheName.of(host == null ? "" : host.getName(), getContext().getName());
    }

    /** An authenticator that comes before the valve uses sessions which no request is known to use. */
    private void checkOrder() {
        for (Valve each : getContext().getPipeline().getValves()) {
            if (each == valve) {
                return;
            }
            if (each instanceof Authenticator) {
                LOG.warn(
                        "NF0953 {}: {} stands before the Manager in the context's settings; put the Manager first",
                        getContext().getName(),
                        each.getClass().getName());
            }
        }
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

    /** Takes another id than that which the client has sent if a session of this id has ended, or is stored. */
    @Override
    public @Nullable Session createSession(@Nullable String id) {
        SessionStore present = store;
        boolean taken = id != null && present != null && present.get(id) != null;
        Session created = super.createSession(taken ? null : id);
        Visit visit = visits.get();
        if (visit != null && created instanceof NearfarSession session) {
            Visit.Use use = use(session, visit);
            lock(session.getIdInternal(), use);
        }
        return created;
    }

    private static Visit.Use use(NearfarSession session, Visit visit) {
        Visit.Use use = visit.add(session);
        session.lock().lock();
        session.begin(use);
        session.lock().unlock();
        return use;
    }

    private void lock(String id, Visit.Use use) {
        SessionLocks exclusive = locks;
        if (exclusive != null) {
            exclusive.enter(id);
            use.lock(id);
        }
    }

    /** Also keeps other nodes from the new id, until the requests that use the session are over. */
    @Override
    protected void changeSessionId(
            Session session, String newId, boolean notifySessionListeners, boolean notifyContainerListeners) {
        if (session instanceof NearfarSession ours) {
            ours.lock().lock();
            try {
                ours.uses().forEach(use -> lock(newId, use));
            } finally {
                ours.lock().unlock();
            }
        }
        super.changeSessionId(session, newId, notifySessionListeners, notifyContainerListeners);
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
            return current(id, present);
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
            session = current(id, present);
        } finally {
            if (session == null && exclusive != null) {
                exclusive.leave(id);
            }
        }
        if (session != null) {
            Visit.Use use = use(session, visit);
            if (exclusive != null) {
                use.lock(id);
            }
        }
        return session;
    }

    /** Returns the session as it is now, on this node and by what is stored. */
    private @Nullable NearfarSession current(String id, SessionStore present) {
        NearfarSession session = (NearfarSession) sessions.get(id);
        if (session == null) {
            return loaded(id, present);
        }
        return isCurrent(session, id, present) ? session : null;
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
        visit.uses().forEach(this::end);
    }

    private void end(Visit.Use use) {
        NearfarSession session = use.session();
        try {
            save(session, use);
        } finally {
            session.lock().lock();
            session.end(use);
            session.lock().unlock();
            SessionLocks exclusive = locks;
            if (exclusive != null) {
                use.locks().forEach(exclusive::leave);
            }
        }
    }

    /**
     * Stores a session if it has changed and was not ended.
     *
     * @param done the use of it that is over with this; null if none is
     */
    void save(NearfarSession session, Visit.@Nullable Use done) {
        SessionStore present = store;
        if (present == null) {
            return;
        }
        session.lock().lock();
        try {
            if (done != null && done.isOvertaken()) {
                session.change();
            }
            if (session.isAlive() && session.takeChange()) {
                SessionStore.Outcome outcome = written(session, present);
                if (outcome == SessionStore.Outcome.STORED) {
                    session.storedBy(done);
                } else if (outcome == SessionStore.Outcome.ENDED) {
                    sessions.remove(session.getIdInternal(), session);
                } else {
                    session.change();
                }
            }
        } finally {
            session.lock().unlock();
        }
    }

    private static SessionStore.Outcome written(NearfarSession session, SessionStore present) {
        try {
            return present.save(session.getIdInternal(), () -> {
                session.passivate();
                return session.state();
            });
        } finally {
            session.activate();
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
                save(session, null);
            }
        }
        super.backgroundProcess();
    }

    /**
     * Ends copies that nobody has asked this node for; listeners are told unless the session goes on elsewhere. In an outage nobody
     * knows that, and it is put off.
     */
    @Override
    public void processExpires() {
        long begin = System.currentTimeMillis();
        SessionStore present = store;
        if (present != null && !present.isCutOff()) {
            boolean shared = present.answers();
            for (Session each : findSessions()) {
                if (each instanceof NearfarSession session && (session.isIdle() || shared && session.isOutOfSight())) {
                    end(session, present);
                }
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
