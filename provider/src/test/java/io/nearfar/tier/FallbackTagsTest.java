package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Version;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tags and the fallback store, which knows nothing of them. */
@Timeout(120)
class FallbackTagsTest extends FallbackNodes {
    private static final Attributes RED = Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);

    private static void put(Node at, String key, String value) {
        at.store().apply(key, at.write(value, Condition.ALWAYS).with(RED));
    }

    @Test
    void tags_goThroughTheTable() {
        Node node = node();
        node.putFar("k", "old");
        freezeKnowing(node, "k");
        put(node, "k", "new");
        assertThat(rows()).isPositive();
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isEqualTo("new");
        Entry<String> entry = node.store().read("k", Freshness.AUTHORITY);
        assertThat(entry.attributes()).isEqualTo(RED);
        node.store().invalidateTags(Set.of("red"));
        assertThat(far("k")).isNull();
    }

    /** What is settled can be rebased while it is accessed. */
    @Test
    void access_leavesWhatWasPut_asOldAsItIs() {
        Node node = node();
        node.putFar("k", "old");
        freezeKnowing(node, "k");
        put(node, "k", "new");
        OutageTable table = table();
        OutageRow row = row(table);
        RowContent before = RowContent.read(row.content());
        RowContent rebased = before.over(new Version(before.since() + 9, 9));
        assertThat(table.update(row.with(rebased.bytes()), row.number())).isTrue();
        assertThat(node.store().touch("k", node.store().lookup("k"), 3_600_000)).isTrue();
        RowContent after = RowContent.read(row(table).content());
        assertThat(after.base()).isEqualTo(rebased.base());
        assertThat(after.entry().expires()).isLessThan(Entry.NEVER);
        assertThat(after.since()).isEqualTo(before.since());
        table.close();
    }

    private static OutageRow row(OutageTable table) {
        return table.scopes().stream()
                .flatMap(scope -> table.page(scope, "", 10).stream())
                .filter(row -> RowContent.read(row.content()) != null)
                .findFirst()
                .orElseThrow();
    }

    /** Nobody has looked into the table yet; as there is nothing in it, there is nothing to be cleared for. */
    @Test
    void invalidation_byANodeThatJustBegan_leavesTheOthersAlone() {
        Node node = node();
        node.putFar("plain", "old");
        put(node, "red", "old");
        Node begun = node();
        begun.store().invalidateTags(Set.of("red"));
        assertThat(begun.getFar("red")).isNull();
        assertThat(begun.getFar("plain")).isEqualTo("old");
    }

    @Test
    void invalidation_inTheOutage_isAClear_forAllThatSeeTheTable() {
        Node node = node();
        Node other = node();
        for (String key : Set.of("red", "plain")) {
            node.putFar(key, "old");
            assertThat(other.getFar(key)).isEqualTo("old");
        }
        freeze();
        put(other, "red", "new");
        node.store().invalidateTags(Set.of("red"));
        assertThat(node.get("red")).isNull();
        awaitLeaseEnd(other, "red", null);
        put(node, "after", "newer");
        redis.thaw();
        awaitSettled();
        assertThat(far("red")).isNull();
        assertThat(far("plain")).isNull();
        assertThat(node.getFar("red")).isNull();
    }
}
