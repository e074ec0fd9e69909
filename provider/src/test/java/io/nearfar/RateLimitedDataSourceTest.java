package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision.Basis;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.cache.CacheException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A data source with a limit, over a real database. Windows are an hour: none ends here. */
@Timeout(120)
class RateLimitedDataSourceTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Quota REACH = new Limit("reach", 1_000, Duration.ofHours(1)).forAll();
    private static final Quota THREE = new Limit("connections", 3, Duration.ofHours(1)).forAll();

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final Counting counting = new Counting(h2);
    private final DataSource database = (DataSource) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {DataSource.class, ConnectionBuilder.class}, counting);

    /** A data source that counts the connections it is asked for, and its builder, since that database has none. */
    private record Counting(JdbcDataSource database, AtomicInteger asked, Map<String, String> built)
            implements InvocationHandler {
        Counting(JdbcDataSource database) {
            this(database, new AtomicInteger(), new HashMap<>());
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "createConnectionBuilder":
                    return proxy;
                case "user", "password", "shardingKey", "superShardingKey":
                    built.put(method.getName(), String.valueOf(arguments[0]));
                    return proxy;
                case "build":
                    asked.incrementAndGet();
                    return database.getConnection(built.get("user"), built.get("password"));
                case "getConnection":
                    asked.incrementAndGet();
                    break;
                case "getParentLogger":
                    return Logger.getLogger("limited");
                default:
                    break;
            }
            try {
                return method.invoke(database, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @BeforeEach
    void name() {
        h2.setURL("jdbc:h2:mem:limited");
        h2.setUser("sa");
        h2.setPassword("");
    }

    /** Waits until requests are counted where all nodes count them; a busy machine may reach that only after a while. */
    private static RateLimiter limiter(Application application) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(
                        () -> application
                                .manager()
                                .unwrap(RateLimiter.class)
                                .decide(REACH)
                                .basis(),
                        Basis.COUNTED::equals);
        return application.manager().unwrap(RateLimiter.class);
    }

    private static void assertWorks(Callable<Connection> source) throws Exception {
        try (Connection connection = source.call();
                ResultSet answer = connection.createStatement().executeQuery("SELECT 1")) {
            assertThat(answer.next()).isTrue();
        }
    }

    @Test
    void connections_ofAllNodes_areChargedToOneLimit_andWhatIsRefusedAsksNobody() throws Exception {
        try (Application application = Application.in(Mode.TIERED, "nearfar.limit.deadline", "10s");
                Application other = application.another()) {
            DataSource here = new RateLimitedDataSource(database, limiter(application), THREE);
            DataSource there = new RateLimitedDataSource(database, limiter(other), THREE);
            assertWorks(here::getConnection);
            assertWorks(there::getConnection);
            assertWorks(here::getConnection);
            for (DataSource each : List.of(there, here)) {
                assertThatThrownBy(each::getConnection)
                        .isInstanceOfSatisfying(
                                RateLimitExceededException.class,
                                refusal -> assertThat(refusal.violated())
                                        .extracting(QuotaUse::quota)
                                        .containsExactly(THREE));
            }
            assertThat(counting.asked()).hasValue(3);
        }
    }

    @Test
    void everyWayToAConnection_isCharged() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            RateLimiter limiter = limiter(application);
            DataSource limited = new RateLimitedDataSource(database, limiter, THREE);
            ConnectionBuilder builder = limited.createConnectionBuilder()
                    .user("sa")
                    .password("")
                    .shardingKey(null)
                    .superShardingKey(null);
            List<Callable<Connection>> ways =
                    List.of(limited::getConnection, () -> limited.getConnection("sa", ""), builder::build);
            assertThat(limiter.info(THREE).used()).isZero();
            for (Callable<Connection> way : ways) {
                assertWorks(way);
            }
            assertThat(counting.built()).containsOnlyKeys("user", "password", "shardingKey", "superShardingKey");
            for (Callable<Connection> way : ways) {
                assertThatThrownBy(way::call).isInstanceOf(RateLimitExceededException.class);
            }
            assertThat(counting.asked()).hasValue(3);
        }
    }

    @Test
    void quota_isAskedForEachConnection() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            Limit tenants = new Limit("tenants", 1, Duration.ofHours(1));
            Deque<String> callers = new ArrayDeque<>(List.of("a", "b", "a"));
            DataSource limited =
                    new RateLimitedDataSource(database, limiter(application), () -> tenants.of(callers.removeFirst()));
            assertWorks(limited::getConnection);
            assertWorks(limited::getConnection);
            assertThatThrownBy(limited::getConnection).isInstanceOf(RateLimitExceededException.class);
        }
    }

    @Test
    void connectionThatTheDatabaseRefuses_hasUsedItsPermit() {
        try (Application application = Application.in(Mode.NEAR)) {
            RateLimiter limiter = limiter(application);
            h2.setURL("jdbc:h2:mem:none;IFEXISTS=TRUE");
            DataSource limited = new RateLimitedDataSource(database, limiter, THREE);
            assertThatThrownBy(limited::getConnection).isInstanceOf(SQLException.class);
            assertThat(limiter.info(THREE).used()).isEqualTo(1);
        }
    }

    @Test
    void allElse_isOfTheDataSourceBehind_andCostsNothing() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            RateLimiter limiter = limiter(application);
            DataSource limited = new RateLimitedDataSource(database, limiter, THREE);
            PrintWriter log = new PrintWriter(new StringWriter());
            limited.setLogWriter(log);
            limited.setLoginTimeout(7);
            assertThat(h2.getLogWriter()).isSameAs(log).isSameAs(limited.getLogWriter());
            assertThat(h2.getLoginTimeout()).isEqualTo(7).isEqualTo(limited.getLoginTimeout());
            assertThat(limited.getParentLogger().getName()).isEqualTo("limited");
            assertThatThrownBy(limited::createShardingKeyBuilder).isInstanceOf(SQLFeatureNotSupportedException.class);

            assertThat(limited.isWrapperFor(JdbcDataSource.class)).isTrue();
            assertThat(limited.unwrap(JdbcDataSource.class)).isSameAs(h2);
            assertThat(limited.unwrap(DataSource.class))
                    .as("no way around the limit")
                    .isSameAs(limited);
            assertThat(limited.isWrapperFor(Runnable.class)).isFalse();
            assertThat(limiter.info(THREE).used()).isZero();
        }
    }
}
