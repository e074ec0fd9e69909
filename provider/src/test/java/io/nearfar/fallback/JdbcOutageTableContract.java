package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.FallbackSettings;
import io.nearfar.tier.OutageRefusalException;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable.Writing;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a table in a database does, whichever database it is. */
abstract class JdbcOutageTableContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "T" + NUMBER.incrementAndGet();
    private final JdbcOutageTable table = open(name, 100_000);

    /** Returns the URL of a database that lives as long as this process. */
    abstract String url();

    abstract @Nullable String user();

    @Nullable
    String password() {
        return user() == null ? null : "";
    }

    private JdbcOutageTable open(String of, long entries) {
        FallbackSettings settings = new FallbackSettings(url(), of, entries, user(), password());
        return JdbcOutageTable.open(settings, new Properties(), Duration.ofSeconds(20));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterEach
    void drop() throws SQLException {
        table.scopes();
        run("DROP TABLE " + name);
        table.close();
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
        assertThat(table.delete("a", 6)).isFalse();
        assertThat(table.find(List.of("a"))).hasSize(1);
        assertThat(table.delete("a", 7)).isTrue();
        assertThat(table.find(List.of("a"))).isEmpty();
        assertThat(table.scopes()).isEmpty();
    }

    @Test
    void clear_isNotedOverTheNumberThatWasSeen() {
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 5), OutageRow.NONE))
                .isTrue();
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 1), OutageRow.NONE))
                .isFalse();
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 5), 4)).isFalse();
        assertThat(table.clear(row("clear", OutageRow.CLEAR, 6), 5)).isTrue();
        assertSame(table.find(List.of("clear")).get(0), row("clear", OutageRow.CLEAR, 6));
    }

    private void forget(String scope, BitSet partitions) {
        String after = " ";
        while (after != null) {
            after = table.forget(scope, partitions, after);
        }
    }

    @Test
    void forget_takesSomeAtATime() {
        List<String> ids =
                IntStream.range(0, 250).mapToObj(i -> String.format("%03d", i)).toList();
        ids.forEach(id -> table.insert(row(id, 3, 1)));
        BitSet partitions = new BitSet();
        partitions.set(3);
        assertThat(table.forget("scope", partitions, " ")).isEqualTo("099");
        assertThat(table.find(ids)).hasSize(150);
        forget("scope", partitions);
        assertThat(table.find(ids)).isEmpty();
        table.insert(row("a", 3, 1));
        assertThat(table.find(List.of("a")))
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
        forget("other", partitions);
        forget("scope", partitions);
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
    void storeAll_insertsAndUpdatesButWhatWasChangedMeanwhile() {
        table.insert(row("a", 3, 7));
        table.insert(row("b", 3, 7));
        assertThat(table.storeAll(List.of(
                        new Writing(row("a", 3, 8), 7),
                        new Writing(row("b", 3, 8), 6),
                        new Writing(row("c", 4, 1), OutageRow.NONE),
                        new Writing(row("d", 4, 1), OutageRow.NONE))))
                .containsExactlyInAnyOrder("a", "c", "d");
        assertThat(table.find(List.of("a", "b", "c", "d")))
                .extracting(OutageRow::number)
                .containsExactlyInAnyOrder(8L, 7L, 1L, 1L);
        assertThat(table.storeAll(List.of())).isEmpty();
    }

    @Test
    void storeAll_withOneThatIsThere_storesNothing() {
        table.insert(row("b", 3, 7));
        assertThatThrownBy(() -> table.storeAll(List.of(
                        new Writing(row("a", 3, 1), OutageRow.NONE), new Writing(row("b", 3, 1), OutageRow.NONE))))
                .isInstanceOf(OutageRefusalException.class);
        assertThat(table.find(List.of("a", "b"))).extracting(OutageRow::id).containsExactly("b");
        assertThat(table.insert(row("a", 3, 1)))
                .as("the connection is as before")
                .isTrue();
    }

    @Test
    void insert_intoAFullTable_isRefusedUntilThereIsRoom() {
        JdbcOutageTable small = open(name, 2);
        small.insert(row("a", 3, 7));
        small.insert(row("b", 3, 7));
        assertThatThrownBy(() -> small.insert(row("c", 3, 7)))
                .isInstanceOf(OutageRefusalException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("nearfar.fallback.entries allows 2");
        assertThatThrownBy(() -> small.storeAll(List.of(new Writing(row("c", 3, 7), OutageRow.NONE))))
                .isInstanceOf(OutageRefusalException.class);
        assertThat(small.update(row("a", 3, 8), 7))
                .as("what is there can change")
                .isTrue();
        small.delete("a", 8);
        assertThat(small.insert(row("c", 3, 7))).isTrue();
        table.delete("b", 7);
        small.scopes();
        assertThat(small.insert(row("d", 3, 7))).as("others have made room").isTrue();
        small.close();
    }

    /** A clear is noted in a full table too, and its row is one that others have no room for. */
    @Test
    void clear_countsLikeWhatItsDeletionTakesAway() {
        JdbcOutageTable small = open(name, 2);
        small.clear(row("clear", OutageRow.CLEAR, 5), OutageRow.NONE);
        small.clear(row("clear", OutageRow.CLEAR, 6), 5);
        small.insert(row("a", 3, 7));
        assertThatThrownBy(() -> small.insert(row("b", 3, 7))).isInstanceOf(OutageRefusalException.class);
        small.delete("clear", 6);
        small.insert(row("b", 3, 7));
        assertThatThrownBy(() -> small.insert(row("c", 3, 7))).isInstanceOf(OutageRefusalException.class);
        small.clear(row("clear", OutageRow.CLEAR, 5), OutageRow.NONE);
        small.close();
    }

    @Test
    void scopes_deletesWhatWasLeftLongAgo() throws SQLException {
        table.insert(row("old", 3, 7));
        table.insert(row("changed", 3, 7));
        run("UPDATE " + name + " SET changed_at = 1");
        table.update(row("changed", 3, 8), 7);
        table.insert(row("new", 3, 7));
        table.scopes();
        assertThat(table.find(List.of("old", "changed", "new")))
                .extracting(OutageRow::id)
                .containsExactlyInAnyOrder("changed", "new");
    }

    @Test
    void table_madeByManyAtOnce_isThereForAll() throws SQLException {
        AtomicInteger made = new AtomicInteger();
        IntStream.range(0, 8).parallel().forEach(i -> {
            try (JdbcOutageTable each = open("AT_ONCE", 100)) {
                each.insert(row("id" + i, 1, 1));
                made.incrementAndGet();
            }
        });
        assertThat(made).hasValue(8);
        run("DROP TABLE AT_ONCE");
    }
}
