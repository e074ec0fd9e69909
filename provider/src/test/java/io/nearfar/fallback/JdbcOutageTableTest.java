package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.FallbackSettings;
import io.nearfar.testing.TestDatabase;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable;
import io.nearfar.tier.OutageTableException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a database that does not do its part. */
class JdbcOutageTableTest {
    private final TestDatabase database = new TestDatabase();
    private final JdbcOutageTable table = open("NEARFAR_FALLBACK", database.user(), null);

    private JdbcOutageTable open(String name, String user, String password) {
        FallbackSettings settings = new FallbackSettings(database.url(), name, user, password);
        return JdbcOutageTable.open(settings, new Properties(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        table.close();
        database.close();
    }

    private static OutageRow row(String id, int partition, long number) {
        return new OutageRow(id, "scope", "p:cities", partition, number, null, new byte[] {1, 2, (byte) number});
    }

    @Test
    void table_thatMayNotBeMade_isToldWithItsStatement() {
        database.run("CREATE USER guest PASSWORD 'g'");
        try (JdbcOutageTable guest = open("OTHER", "guest", "g")) {
            assertThatThrownBy(() -> guest.find(List.of("a")))
                    .isInstanceOf(OutageTableException.class)
                    .hasMessageContaining("CREATE TABLE OTHER (id VARCHAR(64) NOT NULL PRIMARY KEY")
                    .hasMessageContaining("CREATE INDEX OTHER_SCOPE ON OTHER")
                    .message()
                    .doesNotContain("\n");
            createAsTold(guest);
            database.run("GRANT ALL ON OTHER TO guest");
            assertThat(guest.insert(row("a", 1, 1))).as("made by somebody else").isTrue();
        }
    }

    private void createAsTold(JdbcOutageTable guest) {
        try {
            guest.find(List.of("a"));
        } catch (OutageTableException e) {
            String text = String.valueOf(e.getMessage());
            database.run(text.substring(text.lastIndexOf("CREATE TABLE")));
        }
    }

    @Test
    void database_thatIsNotThere_throws() {
        JdbcOutageTable none = JdbcOutageTable.open(
                new FallbackSettings("jdbc:none:x", "T", null, null), new Properties(), Duration.ofSeconds(1));
        assertThatThrownBy(() -> none.find(List.of("a")))
                .isInstanceOf(OutageTableException.class)
                .hasMessageContaining("No suitable driver");
    }

    /** The driver manager's text holds all of the URL. */
    @Test
    void urlOfNoDriver_isToldWithoutItsPassword() {
        FallbackSettings settings = new FallbackSettings(
                "jdbc:nosuch://me:hidden@db/shop;password=hidden&pwd=hidden", "NEARFAR_FALLBACK", null, null);
        try (OutageTable table = JdbcOutageTable.open(settings, new Properties(), Duration.ofSeconds(1))) {
            assertThatThrownBy(table::scopes)
                    .isInstanceOf(OutageTableException.class)
                    .hasMessageContaining("jdbc:nosuch://")
                    .hasMessageNotContaining("hidden");
        }
    }
}
