package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.nearfar.config.FallbackSettings;
import io.nearfar.testing.DatabaseServer;
import io.nearfar.testing.Relay;
import io.nearfar.testing.TestDatabase;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable;
import io.nearfar.tier.OutageTableException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that is contended for, and connections to it that break or fall silent. */
@Timeout(120)
class JdbcTroubleTest {
    private static final Duration BUDGET = Duration.ofSeconds(3);

    /** Far more than an operation may take, and far less than one takes that nothing ends. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private static final AtomicInteger DEADLOCKS = new AtomicInteger();

    private final TestDatabase database = new TestDatabase();
    private final DatabaseServer server = new DatabaseServer(database);
    private final Relay relay = new Relay(server.port());
    private final OutageTable table = table(server.url(relay.host()));

    private OutageTable table(String url) {
        FallbackSettings settings = new FallbackSettings(url, "NEARFAR_FALLBACK", database.user(), null);
        return JdbcOutageTable.open(settings, new Properties(), BUDGET);
    }

    @BeforeEach
    void make() {
        DEADLOCKS.set(0);
        table.scopes();
    }

    @AfterEach
    void stop() {
        relay.pass();
        table.close();
        relay.close();
        server.close();
        database.close();
    }

    private static OutageRow row(String id) {
        return new OutageRow(id, "scope", "p:cities", 3, 7, null, new byte[] {1, 2, 3});
    }

    // ---- contention

    /** Called by the database whenever a row is inserted, or deleted. */
    public static final class Deadlock implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            if (DEADLOCKS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("deadlock", "40001");
            }
        }
    }

    private void contend(int deadlocks) {
        contend("INSERT", deadlocks);
    }

    private void contend(String what, int deadlocks) {
        database.run("CREATE TRIGGER CONTENDED BEFORE " + what + " ON NEARFAR_FALLBACK FOR EACH ROW CALL '"
                + Deadlock.class.getName() + "'");
        DEADLOCKS.set(deadlocks);
    }

    @Test
    void deadlock_isAskedAgain() {
        contend(1);
        assertThat(table.insert(row("a"))).isTrue();
        assertThat(table.find(List.of("a"))).hasSize(1);
    }

    @Test
    void deadlockOfAClear_isMadeAgainAsAWhole() {
        table.insert(row("a"));
        contend("DELETE", 1);
        BitSet partitions = new BitSet();
        partitions.set(3);
        assertThat(table.forget("scope", partitions, " ")).isEqualTo("a");
        assertThat(table.find(List.of("a"))).isEmpty();
    }

    @Test
    void deadlockThatStays_isAskedAgainOnce() {
        contend(10);
        assertThatThrownBy(() -> table.insert(row("a"))).isInstanceOf(OutageTableException.class);
        assertThat(DEADLOCKS).hasValue(8);
        assertThat(table.find(List.of("a"))).isEmpty();
    }

    // ---- connections that break

    /** Has as many connections lie idle as are used at once. */
    private void keepIdle(int connections) {
        inParallel(connections, () -> table.find(List.of("none")));
    }

    private static void inParallel(int threads, Callable<?> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(i -> pool.submit(work))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void connectionsThatWereCutWhileIdle_costNoCall() {
        keepIdle(4);
        relay.cutClients();
        assertThat(table.insert(row("a"))).isTrue();
        relay.cutClients();
        assertThat(table.find(List.of("a"))).hasSize(1);
    }

    @Test
    void serverThatWasStartedAnew_costsNoCall() {
        keepIdle(4);
        server.restart();
        assertThat(table.insert(row("a"))).isTrue();
        assertThat(table.scopes()).containsExactly("scope");
    }

    /** A pool that does not look may hand out what has died, and drops it when it is given back. */
    @Test
    void poolWithADeadConnection_isAskedAgain() throws Exception {
        String url = server.url(relay.host());
        Connection dead = DriverManager.getConnection(url, database.user(), "");
        relay.cutClients();
        Iterator<Connection> pool = List.of(dead, DriverManager.getConnection(url, database.user(), ""))
                .iterator();
        Properties properties = new Properties();
        properties.put(
                FallbackSettings.KEY,
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) -> pool.next()));
        FallbackSettings settings = new FallbackSettings(FallbackSettings.OBJECT, "NEARFAR_FALLBACK", null, null);
        try (OutageTable pooled = JdbcOutageTable.open(settings, properties, BUDGET)) {
            assertThat(pooled.scopes()).isEmpty();
        }
    }

    @Test
    void serverThatIsGone_failsAtOnce() {
        keepIdle(4);
        server.close();
        assertTimeoutPreemptively(
                AT_MOST, () -> assertThatThrownBy(table::scopes).isInstanceOf(OutageTableException.class));
    }

    // ---- a server that accepts and says nothing

    @Test
    void silentServer_operationEndsWithinItsBudget() {
        relay.hold();
        assertTimeoutPreemptively(
                AT_MOST,
                () -> assertThatThrownBy(() -> table.find(List.of("a"))).isInstanceOf(OutageTableException.class));
    }

    @Test
    void serverSilentFromTheBeginning_operationEndsWithinItsBudget() {
        relay.hold();
        try (OutageTable fresh = table(server.url(relay.host()))) {
            assertTimeoutPreemptively(
                    AT_MOST,
                    () -> assertThatThrownBy(() -> fresh.find(List.of("a"))).isInstanceOf(OutageTableException.class));
        }
    }

    @Test
    void silentServer_thatSpeaksAgain_isUsedAgain() {
        keepIdle(4);
        relay.hold();
        assertTimeoutPreemptively(
                AT_MOST,
                () -> assertThatThrownBy(() -> table.find(List.of("a"))).isInstanceOf(OutageTableException.class));
        relay.pass();
        assertThat(table.insert(row("a"))).isTrue();
    }

    @Test
    void silentServer_closingIsShort() {
        keepIdle(4);
        relay.hold();
        assertTimeoutPreemptively(Duration.ofSeconds(4), table::close);
    }
}
