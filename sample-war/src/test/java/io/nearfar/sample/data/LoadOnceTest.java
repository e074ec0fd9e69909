package io.nearfar.sample.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadOnceTest {
    private static final CityFile SOME = new CityFile("data/some-cities.tsv.gz");
    private static final int NODES = 4;

    private final JdbcDataSource database = new JdbcDataSource();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database.setURL("jdbc:h2:mem:load;LOCK_TIMEOUT=60000");
        connection = database.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void run_emptyDatabase_loadsEveryLine() throws Exception {
        assertThat(new LoadOnce(database).run(SOME)).isEqualTo(2000);
        assertThat(count("SELECT COUNT(*) FROM city")).isEqualTo(2000);
        assertThat(count("SELECT COUNT(*) FROM country")).isEqualTo(246);
        assertThat(count("SELECT COUNT(*) FROM city c JOIN region r ON r.code = c.region WHERE c.name = 'Berlin'"))
                .isEqualTo(1);
    }

    @Test
    void run_realFile_hasEveryCity() throws Exception {
        assertThat(new LoadOnce(database).run(new CityFile("data/cities.tsv.gz")))
                .isEqualTo(135_233);
        assertThat(count("SELECT COUNT(*) FROM city WHERE search_name = 'zurich'"))
                .isEqualTo(1);
        assertThat(count("SELECT COUNT(*) FROM favourite f LEFT JOIN city c ON c.id = f.city WHERE c.id IS NULL"))
                .isZero();
    }

    @Test
    void run_again_loadsNothing() throws Exception {
        new LoadOnce(database).run(SOME);
        assertThat(new LoadOnce(database).run(SOME)).isZero();
        assertThat(count("SELECT COUNT(*) FROM city")).isEqualTo(2000);
    }

    @Test
    void run_severalNodesAtOnce_oneLoads() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        List<Future<Integer>> loads = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            loads.add(nodes.submit(() -> new LoadOnce(database).run(SOME)));
        }
        nodes.shutdown();
        int loaded = 0;
        for (Future<Integer> load : loads) {
            loaded += load.get();
        }
        assertThat(loaded).isEqualTo(2000);
        assertThat(count("SELECT COUNT(*) FROM city")).isEqualTo(2000);
    }

    @Test
    void run_whileAnotherNodeMakesTheRow_loads() throws Exception {
        execute(connection, "CREATE TABLE loaded (id INT PRIMARY KEY, cities INT NOT NULL)");
        ExecutorService nodes = Executors.newSingleThreadExecutor();
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            execute(other, "INSERT INTO loaded VALUES (1, 0)");
            Future<Integer> load = nodes.submit(() -> new LoadOnce(database).run(SOME));
            await().until(() -> count("SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id > 0") > 0);
            other.commit();
            assertThat(load.get()).isEqualTo(2000);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void run_brokenFile_leavesNothingAndMayBeRepeated() throws Exception {
        LoadOnce load = new LoadOnce(database);
        assertThatThrownBy(() -> load.run(new CityFile("data/broken-cities.tsv.gz")))
                .isInstanceOf(SQLException.class);
        assertThat(count("SELECT COUNT(*) FROM city")).isZero();
        assertThat(load.run(SOME)).isEqualTo(2000);
    }

    @Test
    void rows_noSuchResource_saysWhichSettingToChange() {
        assertThatThrownBy(() -> new CityFile("data/nothing").rows())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data/nothing")
                .hasMessageContaining("gazetteer.cities");
    }

    private static void execute(Connection node, String sql) throws SQLException {
        try (Statement statement = node.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
