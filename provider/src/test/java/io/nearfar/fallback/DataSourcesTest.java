package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FallbackSettings;
import io.nearfar.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataSourcesTest {
    private static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

    private final TestDatabase database = new TestDatabase();
    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void bind() {
        source.setURL(database.url());
        source.setUser(database.user());
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        BOUND.put("java:app/jdbc/shop", source);
        BOUND.put("java:app/mail", "no database");
    }

    @AfterEach
    void stop() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        database.close();
    }

    /** The naming service of a server, as small as it can be. */
    @SuppressWarnings("JdkObsolete") // the interface asks for it
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Naming.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        Object found = method.getName().equals("lookup") ? BOUND.get(arguments[0]) : null;
                        if (found == null) {
                            throw new NameNotFoundException(String.valueOf(arguments[0]));
                        }
                        return found;
                    });
        }
    }

    private static FallbackSettings settings(String source) {
        return new FallbackSettings(source, "T", null, null);
    }

    private static Budget soon() {
        return Budget.of(Duration.ofSeconds(5));
    }

    private static int one(Connections connections) throws Exception {
        return connections.on(soon(), session -> {
            try (var statement = session.connection().createStatement();
                    var result = statement.executeQuery("VALUES 1")) {
                result.next();
                return result.getInt(1);
            }
        });
    }

    @Test
    void jndiName_isLookedUp() throws Exception {
        assertThat(one(DataSources.of(settings("java:app/jdbc/shop"), new Properties())))
                .isEqualTo(1);
    }

    @Test
    void jndiName_ofNothingOrOfSomethingElse_isRefusedWithTheCure() {
        assertThatThrownBy(() -> DataSources.of(settings("java:app/none"), new Properties()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.fallback.datasource = java:app/none")
                .hasMessageContaining("jdbc:");
        assertThatThrownBy(() -> DataSources.of(settings("java:app/mail"), new Properties()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("no javax.sql.DataSource");
    }

    @Test
    void object_isUsedAsItIs() throws Exception {
        Properties properties = new Properties();
        properties.put(FallbackSettings.KEY, source);
        assertThat(one(DataSources.of(settings(FallbackSettings.OBJECT), properties)))
                .isEqualTo(1);
    }

    /** Some pools are set up so, and what is not committed would be rolled back when the connection is given back. */
    @Test
    void poolWithoutAutoCommit_isCommittedAllTheSame() throws Exception {
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection connection = source.getConnection();
                    connection.setAutoCommit(false);
                    return connection;
                });
        Connections connections = new PooledConnections(pool);
        connections.on(soon(), session -> session.connection().createStatement().execute("CREATE TABLE T AS VALUES 1"));
        connections.on(
                soon(), session -> session.connection().createStatement().executeUpdate("INSERT INTO T VALUES 2"));
        assertThat(database.number("SELECT COUNT(*) FROM T")).isEqualTo(2);
    }

    @Test
    void url_keepsConnectionsThatWorkedAndDropsThoseThatDidNot() throws Exception {
        FallbackSettings settings = new FallbackSettings(database.url(), "T", database.user(), null);
        try (Connections connections = DataSources.of(settings, new Properties())) {
            Object first = connections.on(soon(), Session::connection);
            assertThat(connections.<Object>on(soon(), Session::connection)).isSameAs(first);
            assertThatThrownBy(() -> connections.on(soon(), session -> session.prepare("NO SQL")))
                    .isInstanceOf(java.sql.SQLException.class);
            assertThat(connections.<Object>on(soon(), Session::connection)).isNotSameAs(first);
            assertThat(one(connections)).isEqualTo(1);
        }
    }

    /** A firewall forgets what is idle, and tells nobody. */
    @Test
    void url_connectionThatLayIdleForLong_isClosedAndNotUsed() throws Exception {
        AtomicLong nanos = new AtomicLong();
        FallbackSettings settings = new FallbackSettings(database.url(), "T", database.user(), null);
        try (Connections connections = new UrlConnections(settings, nanos::get)) {
            Connection first = connections.on(soon(), Session::connection);
            nanos.addAndGet(UrlConnections.LONGEST_IDLE_NANOS);
            assertThat(connections.on(soon(), Session::connection)).isSameAs(first);
            nanos.addAndGet(UrlConnections.LONGEST_IDLE_NANOS + 1);
            assertThat(connections.on(soon(), Session::connection)).isNotSameAs(first);
            await().until(first::isClosed);
        }
    }

    @Test
    void url_closing_endsWhatIsInUse() throws Exception {
        FallbackSettings settings = new FallbackSettings(database.url(), "T", database.user(), null);
        Connections connections = DataSources.of(settings, new Properties());
        Connection used = connections.on(soon(), session -> {
            connections.close();
            return session.connection();
        });
        await().until(used::isClosed);
    }
}
