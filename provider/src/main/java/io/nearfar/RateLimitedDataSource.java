package io.nearfar;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKey;
import java.sql.ShardingKeyBuilder;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that charges one permit of a limit for each connection which it hands out, before the database, or the pool in
 * front of it, is asked. Where there is no room it throws {@link RateLimitExceededException}, which the module {@code
 * interceptors} makes a response of status 429, and asks nobody. What counts, over how many nodes, and what holds in an outage
 * is the limiter's affair; see {@link RateLimiter} and {@link LimitOutage}.
 *
 * <p>A permit is for being handed a connection, not for having one: it does not come back when the connection is closed, nor
 * when the database then refuses it. Where a unit of work needs several connections, each is charged.
 *
 * <p>Safe for use by several threads if the data source is. It holds nothing that is to be closed.
 */
public final class RateLimitedDataSource implements DataSource {
    private final DataSource database;
    private final RateLimiter limiter;
    private final Supplier<Quota> quotas;

    /**
     * Creates one whose connections are all charged to the same quota.
     *
     * @param database where connections come from
     * @param limiter decides; to be open as long as connections are asked for
     * @param quota what each connection is charged to
     * @throws NullPointerException if one of them is null
     */
    public RateLimitedDataSource(DataSource database, RateLimiter limiter, Quota quota) {
        this(database, limiter, () -> quota);
        Objects.requireNonNull(quota, "The quota of a data source is null");
    }

    /**
     * Creates one that asks for the quota each time, such as that of the tenant for whom the calling thread works.
     *
     * @param database where connections come from
     * @param limiter decides; to be open as long as connections are asked for
     * @param quotas gives, in the calling thread, what a connection is charged to, and never null; what it throws comes out of
     *     the call for the connection
     * @throws NullPointerException if one of them is null
     */
    public RateLimitedDataSource(DataSource database, RateLimiter limiter, Supplier<Quota> quotas) {
        this.database = Objects.requireNonNull(database, "The data source that is to be limited is null");
        this.limiter = Objects.requireNonNull(limiter, "The limiter of a data source is null");
        this.quotas = Objects.requireNonNull(quotas, "What gives the quota of a data source is null");
    }

    /**
     * Returns a connection, if there is a permit for it. Asks the limiter in the calling thread.
     *
     * @throws RateLimitExceededException if there is none; the database was not asked
     * @throws IllegalStateException if the manager of the limiter is closed
     * @throws NullPointerException if the quota that was given for it is null
     * @throws SQLException if the database has none; the permit is used
     */
    @Override
    public Connection getConnection() throws SQLException {
        charge();
        return database.getConnection();
    }

    /**
     * Returns a connection of a user, if there is a permit for it, as {@link #getConnection()} does.
     *
     * @throws RateLimitExceededException if there is none; the database was not asked
     * @throws IllegalStateException if the manager of the limiter is closed
     * @throws NullPointerException if the quota that was given for it is null
     * @throws SQLException if the database has none; the permit is used
     */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        charge();
        return database.getConnection(username, password);
    }

    private void charge() {
        Quota quota = Objects.requireNonNull(quotas.get(), "The quota that was given for a connection is null");
        Decision decision = limiter.decide(quota);
        if (!decision.admitted()) {
            throw new RateLimitExceededException(decision);
        }
    }

    /**
     * Returns a builder of connections, each of which is charged when it is built, as by {@link #getConnection()}.
     *
     * @throws SQLException if the data source has no builder; nothing is charged
     */
    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        return new LimitedBuilder(database.createConnectionBuilder());
    }

    /** Charges what it builds. */
    private final class LimitedBuilder implements ConnectionBuilder {
        private final ConnectionBuilder builder;

        LimitedBuilder(ConnectionBuilder builder) {
            this.builder = builder;
        }

        @Override
        public ConnectionBuilder user(String username) {
            builder.user(username);
            return this;
        }

        @Override
        public ConnectionBuilder password(String password) {
            builder.password(password);
            return this;
        }

        @Override
        public ConnectionBuilder shardingKey(ShardingKey shardingKey) {
            builder.shardingKey(shardingKey);
            return this;
        }

        @Override
        public ConnectionBuilder superShardingKey(ShardingKey superShardingKey) {
            builder.superShardingKey(superShardingKey);
            return this;
        }

        @Override
        public Connection build() throws SQLException {
            charge();
            return builder.build();
        }
    }

    /** Returns what the data source returns; costs nothing, as all that follows. */
    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return database.createShardingKeyBuilder();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    /**
     * Returns this if it is of that type, so that who asks for a {@link DataSource} does not get around the limit, else the data
     * source behind it, or what that unwraps to.
     *
     * @throws SQLException if nothing of that type is behind it
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return type.isInstance(database) ? type.cast(database) : database.unwrap(type);
    }

    /**
     * Tells whether {@link #unwrap} gives something of that type.
     *
     * @throws SQLException if that cannot be found out
     */
    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(database) || database.isWrapperFor(type);
    }
}
