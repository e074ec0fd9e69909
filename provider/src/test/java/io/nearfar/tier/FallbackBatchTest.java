package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many keys at once. */
@Timeout(120)
class FallbackBatchTest extends FallbackNodes {
    private static final List<String> KEYS =
            IntStream.range(0, 250).mapToObj(i -> "k" + i).toList();

    private final PacedTable paced = new PacedTable(table());

    private static Map<String, Change<String>> changes(Node node, String value) {
        return KEYS.stream().collect(Collectors.toMap(Function.identity(), key -> node.write(value, Condition.ALWAYS)));
    }

    private static Map<String, String> texts(Map<String, Entry<String>> entries) {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().value().get()));
    }

    @Test
    void frozen_manyKeys_takeAFewStatements() {
        Node here = node(setup(redis.host()), paced);
        Node there = node();
        freeze();
        here.get("none");
        paced.asked();
        here.store().applyAll(changes(here, "new"));
        assertThat(paced.asked())
                .as("a question and an answer for each hundred")
                .isLessThan(20);
        assertThat(rows()).isEqualTo(250);
        assertThat(here.dirty().isEmpty()).isTrue();
        assertThat(texts(here.store().lookupAll(KEYS))).hasSize(250).containsValue("new");
        assertThat(paced.asked()).isLessThan(10);
        here.store().applyAll(changes(here, "newer"));
        assertThat(paced.asked()).isLessThan(20);
        assertThat(texts(there.store().lookupAll(KEYS)))
                .hasSize(250)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo("newer"));
    }

    /** Who comes after a node that has died does not wait until all that it has left is settled. */
    @Test
    void after_oneCallForManyKeys_settlesAHundredAndIsAnsweredByTheOtherRows() {
        Node dead = node(setup(relay.host()), table());
        dead.store().applyAll(changes(dead, "old"));
        holdKnowing(dead, KEYS.toArray(new String[0]));
        dead.store().applyAll(changes(dead, "new"));
        assertThat(rows()).isEqualTo(250);
        Node here = Node.of(steady(redis.host()).mode(Mode.FAR), new UnkeptTable(table()));
        nodes.add(here);
        for (int left = 150; left > -100; left -= 100) {
            Map<String, String> found = texts(here.store().lookupAll(KEYS));
            assertThat(found).hasSize(250);
            assertThat(Set.copyOf(found.values())).containsExactly("new");
            assertThat(rows()).isEqualTo(Math.max(0, left));
        }
    }

    /** Large rows take longer than small ones; that is not to be taken for a database that has died. */
    @Test
    void frozen_moreThanComesInTime_isAskedForInSmallerPortions() {
        Node here = node(setup(redis.host()), table());
        Node there = node(setup(redis.host()).deadline(Duration.ofSeconds(2)), new NarrowTable(table(), 10));
        freeze();
        here.store().applyAll(changes(here, "new"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(there.store().lookupAll(KEYS)).hasSize(250);
            assertThat(log.lines("NF0411")).isEmpty();
        }
    }

    /** A call of many keys must not wait for each of them. */
    @Test
    void frozen_tableThatTakesNoChanges_isGivenUpAfterTwo() {
        LockedTable locked = new LockedTable(table());
        Node here = node(setup(redis.host()).deadline(Duration.ofSeconds(2)), locked);
        freeze();
        try (CapturedLog log = new CapturedLog()) {
            here.store().applyAll(changes(here, "new"));
            assertThat(log.lines("NF0411")).hasSize(1);
        }
        assertThat(locked.changes()).isBetween(1, 2);
        assertThat(here.figures().dirtyKeys()).isEqualTo(250);
    }

    @Test
    void frozen_oneOfManyThatIsRefused_isRememberedAlone() {
        database.run("CREATE TABLE NEARFAR_FALLBACK (id VARCHAR(64) NOT NULL PRIMARY KEY, scope VARCHAR(64) NOT NULL,"
                + " cache_name VARCHAR(200) NOT NULL, partition_number DECIMAL(3) NOT NULL,"
                + " change_number DECIMAL(19) NOT NULL, settler VARCHAR(64), content VARBINARY(300) NOT NULL,"
                + " changed_at DECIMAL(19) NOT NULL)");
        Node here = node();
        freeze();
        here.store()
                .applyAll(Map.of(
                        "a", here.write("new", Condition.ALWAYS),
                        "large", here.write("long".repeat(200), Condition.ALWAYS),
                        "z", here.write("new", Condition.ALWAYS)));
        assertThat(rows()).isEqualTo(2);
        assertThat(here.figures().dirtyKeys()).isEqualTo(1);
        assertThat(texts(here.store().lookupAll(List.of("a", "large", "z")))).hasSize(3);
    }
}
