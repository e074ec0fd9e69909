package io.nearfar.tomcat;

import java.security.Principal;
import java.time.temporal.Temporal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.session.StandardSession;
import org.jspecify.annotations.Nullable;

/** A session on this node: Tomcat's own, which knows whether it has changed and which stored state it was made of. */
final class NearfarSession extends StandardSession {
    private static final long serialVersionUID = 1L;

    private final transient NearfarSessionManager owner;
    /** Guards what is below, and the order in which states are stored. */
    private final transient ReentrantLock lock = new ReentrantLock();

    private final transient Set<Visit.Use> uses = new HashSet<>();

    private transient volatile boolean changed;
    private transient boolean forgotten;
    private transient @Nullable String version;

    NearfarSession(NearfarSessionManager owner) {
        super(owner);
        this.owner = owner;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Notes a request that uses it. */
    void begin(Visit.Use use) {
        uses.add(use);
    }

    void end(Visit.Use use) {
        uses.remove(use);
    }

    boolean isUsed() {
        return !uses.isEmpty();
    }

    Set<Visit.Use> uses() {
        return uses;
    }

    /** It was stored at the end of a request, or of none; what others do to its attributes is to be stored again. */
    void storedBy(Visit.@Nullable Use done) {
        for (Visit.Use use : uses) {
            if (use != done) {
                use.overtake();
            }
        }
    }

    /** Has it be stored at the end of the request. */
    void change() {
        changed = true;
    }

    /** Tells whether it is newer than what is stored. */
    boolean isChanged() {
        return changed;
    }

    /** Tells whether there may be something stored of it, under its id. */
    boolean isStored() {
        return version != null;
    }

    /** Tells whether it has to be stored, and takes it for done. */
    boolean takeChange() {
        boolean is = changed;
        changed = false;
        return is;
    }

    /** It will be known by an id of which nothing is stored. */
    void forgetVersion() {
        version = null;
        changed = true;
    }

    /** Whatever becomes of it here, what is stored stays. */
    void leaveStored() {
        forgotten = true;
    }

    boolean isStoredLeft() {
        return forgotten;
    }

    boolean isAlive() {
        return isValid && !expiring;
    }

    /** Tells whether no request has come to this node for its longest time. */
    boolean isIdle() {
        return maxInactiveInterval > 0 && TimeUnit.MILLISECONDS.toSeconds(getIdleTimeInternal()) >= maxInactiveInterval;
    }

    /** Tells whether its copy has to go before the mark would that it has ended: nobody else would end it here. */
    boolean isOutOfSight() {
        return maxInactiveInterval <= 0 && !changed && getIdleTimeInternal() >= SessionExpiry.MARK.toMillis() / 2;
    }

    private boolean isStorable(String name, Object value) {
        return isAttributeDistributable(name, value) && !exclude(name, value);
    }

    /** Returns its state under a new version, which is the stored one from now on. */
    StoredSession state() {
        Map<String, Object> stored = new HashMap<>();
        attributes.forEach((name, value) -> {
            if (isStorable(name, value)) {
                stored.put(name, value);
            }
        });
        String next = UUID.randomUUID().toString();
        version = next;
        return new StoredSession(
                next,
                false,
                creationTime,
                thisAccessedTime,
                maxInactiveInterval,
                owner.getPersistAuthentication() ? StoredLogin.of(this) : null,
                stored);
    }

    /** Takes over what is stored, unless it has that already; its time begins anew. */
    void restore(String storedId, StoredSession stored) {
        if (!stored.version().equals(version)) {
            id = storedId;
            version = stored.version();
            creationTime = stored.created();
            lastAccessedTime = stored.accessed();
            thisAccessedTime = stored.accessed();
            maxInactiveInterval = stored.maxInactiveInterval();
            isNew = false;
            isValid = true;
            attributes
                    .entrySet()
                    .removeIf(known -> !stored.attributes().containsKey(known.getKey())
                            && isStorable(known.getKey(), known.getValue()));
            attributes.putAll(stored.attributes());
            if (owner.getPersistAuthentication()) {
                principal = stored.login() == null ? null : stored.login().principal();
                authType = stored.login() == null ? null : stored.login().type();
            }
            changed = false;
            activate();
        }
        if (isIdle()) {
            thisAccessedTime = System.currentTimeMillis(); // not where it is stored, as its being there says
            lastAccessedTime = thisAccessedTime;
        }
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = super.getAttribute(name);
        if (value != null && owner.isReadTakenForChange() && !isConstant(value)) {
            changed = true;
        }
        return value;
    }

    private static boolean isConstant(Object value) {
        return value instanceof String
                || value instanceof Number && value.getClass().getName().startsWith("java.lang.")
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum
                || value instanceof UUID
                || value instanceof Temporal && value.getClass().getName().startsWith("java.time.");
    }

    @Override
    public void setAttribute(String name, @Nullable Object value, boolean notify) {
        super.setAttribute(name, value, notify);
        changed = true;
    }

    @Override
    protected void removeAttributeInternal(String name, boolean notify) {
        super.removeAttributeInternal(name, notify);
        changed = true;
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        super.setMaxInactiveInterval(interval);
        changed = true;
    }

    @Override
    public void setPrincipal(@Nullable Principal principal) {
        super.setPrincipal(principal);
        changed = true;
    }

    @Override
    public void setAuthType(@Nullable String authType) {
        super.setAuthType(authType);
        changed = true;
    }

    /** The request is over, also one that went on in other threads. */
    @Override
    public void endAccess() {
        super.endAccess();
        owner.save(this, null);
    }
}
