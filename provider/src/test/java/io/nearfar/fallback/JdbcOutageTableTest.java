package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.FallbackSettings;
import io.nearfar.testing.TestDatabase;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable;
import io.nearfar.tier.OutageTableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private static void assertSame(OutageRow found, OutageRow row) {
        assertThat(found).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    void insert_isFoundAndMadeOnce() {
        assertThat(table.insert(row("a", 3, 7))).isTrue();
        assertThat(table.insert(row("a", 4, 8))).isFalse();
        assertThat(table.find(List.of("a", "b"))).hasSize(1);
        assertSame(table.find(List.of("a", "b")).get(0), row("a", 3, 7));
    }

    @Test
    void update_onlyOfTheNumberThatWasSeen() {
        table.insert(row("a", 3, 7));
        assertThat(table.update(row("a", 3, 9), 8)).isFalse();
        assertThat(table.update(row("a", 3, 8), 7)).isTrue();
        assertSame(table.find(List.of("a")).get(0), row("a", 3, 8));
        assertThat(table.update(row("none", 3, 8), 7)).isFalse();
    }

    @Test
    void claim_byOneOfTwo_keepsTheContent() {
        OutageRow row = row("a", 3, 7);
        table.insert(row);
        OutageRow claimed = new OutageRow("a", "scope", "p:cities", 3, 8, "me", new byte[0]);
        assertThat(table.claim(claimed, 7)).isTrue();
        assertThat(table.claim(claimed, 7)).isFalse();
        OutageRow found = table.find(List.of("a")).get(0);
        assertThat(found.settler()).isEqualTo("me");
        assertThat(found.content()).isEqualTo(row.content());
    }

    @Test
    void delete_onlyOfTheNumberThatWasSeen() {
        table.insert(row("a", 3, 7));
        table.delete("a", 6);
        assertThat(table.find(List.of("a"))).hasSize(1);
        table.delete("a", 7);
        assertThat(table.find(List.of("a"))).isEmpty();
        assertThat(table.scopes()).isEmpty();
    }

    @Test
    void clear_takesThePartitionsWithIt() {
        table.insert(row("a", 3, 7));
        table.insert(row("b", 4, 7));
        BitSet partitions = new BitSet();
        partitions.set(3);
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 1), OutageRow.NONE, partitions))
                .isTrue();
        assertThat(table.find(List.of("a", "b", "clear")))
                .extracting(OutageRow::id)
                .containsExactlyInAnyOrder("b", "clear");
    }

    @Test
    void clear_thatLost_deletesNothing() {
        table.insert(row("a", 3, 7));
        BitSet partitions = new BitSet();
        partitions.set(3);
        table.insert(row("clear", OutageRow.CLEAR, 5));
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 1), OutageRow.NONE, partitions))
                .isFalse();
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 5), 4, partitions)).isFalse();
        assertThat(table.find(List.of("a"))).hasSize(1);
        table.insert(row("b", 3, 7));
        assertThat(table.find(List.of("b")))
                .as("and the connection commits by itself again")
                .hasSize(1);
    }

    @Test
    void forget_deletesAllButWhatSomebodySettles() {
        table.insert(row("a", 3, 7));
        table.insert(row("b", 3, 7));
        table.insert(row("c", 4, 7));
        table.insert(row("clear", OutageRow.CLEAR, 7));
        OutageRow claimed = new OutageRow("b", "scope", "p:cities", 3, 8, "me", new byte[0]);
        table.claim(claimed, 7);
        BitSet partitions = new BitSet();
        partitions.set(3);
        table.forget("other", partitions);
        table.forget("scope", partitions);
        assertThat(table.find(List.of("a", "b", "c", "clear")))
                .extracting(OutageRow::id)
                .containsExactlyInAnyOrder("b", "c", "clear");
        assertSame(
                table.find(List.of("b")).get(0), new OutageRow("b", "scope", "p:cities", 3, 9, "me", new byte[] {0}));
        assertSame(table.find(List.of("c")).get(0), row("c", 4, 7));
    }

    @Test
    void page_walksOverAScopeWithoutItsClears() {
        List<String> ids =
                IntStream.range(0, 25).mapToObj(i -> String.format("%02d", i)).toList();
        ids.forEach(id -> table.insert(row(id, 1, 1)));
        table.insert(row("clear", OutageRow.CLEAR, 1));
        table.insert(new OutageRow("zz", "other", "p:posts", 1, 1, null, new byte[] {1}));
        List<String> met = new ArrayList<>();
        String after = " ";
        for (List<OutageRow> page = table.page("scope", after, 10);
                !page.isEmpty();
                page = table.page("scope", after, 10)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            page.forEach(row -> met.add(row.id()));
            after = met.get(met.size() - 1);
        }
        assertThat(met).isEqualTo(ids);
        assertThat(table.scopes()).containsExactlyInAnyOrder("scope", "other");
    }

    @Test
    void find_moreThanOneListHolds_findsAll() {
        List<String> ids = IntStream.range(0, 1_201).mapToObj(i -> "id" + i).toList();
        ids.forEach(id -> table.insert(row(id, 1, 1)));
        assertThat(table.find(ids)).hasSize(1_201);
    }

    @Test
    void largeContent_isKept() {
        byte[] content = new byte[9_000_000];
        content[8_999_999] = 7;
        table.insert(new OutageRow("a", "scope", "c", 1, 1, null, content));
        assertThat(table.find(List.of("a")).get(0).content()).isEqualTo(content);
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
    void table_madeByManyAtOnce_isThereForAll() {
        AtomicInteger made = new AtomicInteger();
        IntStream.range(0, 8).parallel().forEach(i -> {
            try (JdbcOutageTable each = open("AT_ONCE", database.user(), null)) {
                each.insert(row("id" + i, 1, 1));
                made.incrementAndGet();
            }
        });
        assertThat(made).hasValue(8);
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
