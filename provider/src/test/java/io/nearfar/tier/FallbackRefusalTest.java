package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Condition;
import io.nearfar.testing.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table that does not take every row. */
@Timeout(120)
class FallbackRefusalTest extends FallbackNodes {
    private static final String LONG = "long".repeat(200);

    /** Made by a careful hand, with less room than a value may need. */
    private void makeSmallTable() {
        database.run("CREATE TABLE NEARFAR_FALLBACK (id VARCHAR(64) NOT NULL PRIMARY KEY, scope VARCHAR(64) NOT NULL,"
                + " cache_name VARCHAR(200) NOT NULL, partition_number DECIMAL(3) NOT NULL,"
                + " change_number DECIMAL(19) NOT NULL, settler VARCHAR(64), content VARBINARY(300) NOT NULL,"
                + " changed_at DECIMAL(19) NOT NULL)");
    }

    @Test
    void valueThatIsTooLargeForTheColumn_isRememberedByThisNodeAlone() {
        makeSmallTable();
        Node here = node();
        Node there = node();
        freeze();
        try (CapturedLog log = new CapturedLog()) {
            here.put("large", LONG);
            here.put("larger", LONG + LONG);
            here.put("small", "new");
            assertThat(here.get("large")).isEqualTo(LONG);
            assertThat(there.get("small")).as("the table goes on to serve").isEqualTo("new");
            assertThat(rows()).isEqualTo(1);
            assertThat(here.figures().dirtyKeys()).isEqualTo(2);
            assertThat(log.lines("NF0411")).isEmpty();
            assertThat(log.lines("NF0415")).as("told once").hasSize(1);
        }
        redis.thaw();
        awaitSettled();
        soon().until(() -> here.dirty().isEmpty());
        for (String key : List.of("large", "small")) {
            assertThat(far(key)).as("nobody knew what was there").isNull();
        }
    }

    /** The key's own change finds the other's row, and takes its place. */
    @Test
    void keyThatAnotherNodeInsertsAtTheSameTime_isNoRefusal() {
        Node here = node(setup(redis.host()), new RacingTable(table()));
        freeze();
        try (CapturedLog log = new CapturedLog()) {
            here.store()
                    .applyAll(Map.of("a", here.write("1", Condition.ALWAYS), "b", here.write("2", Condition.ALWAYS)));
            assertThat(rows()).isEqualTo(2);
            assertThat(here.dirty().isEmpty()).isTrue();
            assertThat(log.lines("NF0415")).isEmpty();
        }
    }

    @Test
    void tableThatIsFull_whatItDoesNotTakeIsRememberedAndToldOnce() {
        Node here = node(setup(redis.host()), limited(3));
        freeze();
        try (CapturedLog log = new CapturedLog()) {
            for (String key : List.of("a", "b", "c", "d", "e")) {
                here.put(key, "1");
                here.put(key, "2");
            }
            here.store()
                    .applyAll(Map.of("f", here.write("2", Condition.ALWAYS), "g", here.write("2", Condition.ALWAYS)));
            assertThat(here.store().lookupAll(List.of("a", "b", "c", "d", "e", "f", "g")))
                    .hasSize(7);
            assertThat(here.get("a")).isEqualTo("2");
            assertThat(here.get("e")).isEqualTo("2");
            assertThat(rows()).isEqualTo(3);
            assertThat(here.figures().dirtyKeys()).isEqualTo(4);
            assertThat(log.lines("NF0411")).isEmpty();
            assertThat(log.lines("NF0415")).hasSize(1);
            assertThat(log.lines("nearfar.fallback.entries allows 3")).hasSize(1);
            here.store().clear();
            assertThat(rows()).as("a clear finds room in a full table").isEqualTo(1);
        }
        redis.thaw();
        awaitSettled();
        soon().until(() -> here.dirty().isEmpty());
    }
}
