package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a URL. Those that worked are kept open for the next, as many as were in use at once at most. One that lay
 * idle may have died of it: then its work is done on a new one. None is used that lay idle for so long that a firewall may
 * have forgotten it, for that shows by silence alone.
 */
final class UrlConnections implements Connections {
    static final long LONGEST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How long a server to which a connection is being made is waited for; no driver can be told anew for each. */
    private static final int LOGIN_MILLIS = 5_000;

    private final String url;
    private final Properties properties = new Properties();
    private final LongSupplier nanoTime;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>(); // the last used first
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Idle(Connection connection, long since) {}

    UrlConnections(FallbackSettings settings, LongSupplier nanoTime) {
        this.url = settings.source();
        this.nanoTime = nanoTime;
        put("user", settings.user());
        put("password", settings.password());
        LoginTimeouts.put(properties, url, LOGIN_MILLIS);
    }

    private void put(String key, @Nullable String text) {
        if (text != null) {
            properties.setProperty(key, text);
        }
    }

    @Override
    public <T> T on(Budget budget, Session.Work<T> work) throws SQLException {
        Connection kept = kept();
        if (kept == null) {
            return use(new Session(fresh(), budget, false), work);
        }
        try {
            return use(new Session(kept, budget, false), work);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.GONE || budget.isOver()) {
                throw e;
            }
            return use(new Session(fresh(), budget, true), work);
        }
    }

    private Connection fresh() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    private @Nullable Connection kept() {
        Idle last = idle.pollFirst();
        if (last == null || !isTooOld(last)) {
            return last == null ? null : last.connection();
        }
        Closing.begin(last.connection());
        closeIdle();
        return null;
    }

    private boolean isTooOld(Idle each) {
        return nanoTime.getAsLong() - each.since() > LONGEST_IDLE_NANOS;
    }

    private <T> T use(Session session, Session.Work<T> work) throws SQLException {
        Connection connection = session.connection();
        boolean works = false;
        busy.add(connection);
        try {
            NetworkTimeout.set(connection, session.budget().millis());
            T result = work.with(session);
            works = true;
            return result;
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            works = failure.leavesConnection();
            if (failure == SqlFailure.GONE || failure == SqlFailure.TIMEOUT) {
                closeIdle(); // what was kept has most likely gone with it
            }
            throw e;
        } finally {
            busy.remove(connection);
            giveBack(connection, works);
        }
    }

    private void giveBack(Connection connection, boolean works) {
        if (!works) {
            Closing.begin(connection);
            return;
        }
        idle.addFirst(new Idle(connection, nanoTime.getAsLong()));
        for (Idle oldest = idle.peekLast(); oldest != null && isTooOld(oldest); oldest = idle.peekLast()) {
            if (idle.remove(oldest)) {
                Closing.begin(oldest.connection());
            }
        }
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        takeIdle().forEach(Closing::begin);
    }

    private List<Connection> takeIdle() {
        List<Connection> taken = new ArrayList<>();
        for (Idle each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            taken.add(each.connection());
        }
        return taken;
    }

    /** Those in use are closed as well: somebody may be waiting on them for a server that says nothing. */
    @Override
    public void close() {
        closed = true;
        List<Connection> all = takeIdle();
        all.addAll(busy);
        Closing.all(all);
    }
}
