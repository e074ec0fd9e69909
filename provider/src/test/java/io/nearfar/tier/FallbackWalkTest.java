package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Keyed;
import io.nearfar.testing.CapturedLog;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many rows. */
@Timeout(120)
class FallbackWalkTest extends FallbackNodes {
    private final PacedTable paced = new PacedTable(table());

    /** Rows of a node that has died; all of one key, which does not matter to who walks over them. */
    private void leaveRows(int count) {
        Node dead = node(setup(relay.host()), table());
        dead.putFar("k", "old");
        hold(dead);
        dead.put("k", "new");
        database.run("INSERT INTO NEARFAR_FALLBACK SELECT CONCAT('id', x), scope, cache_name, partition_number,"
                + " change_number, settler, content, changed_at FROM NEARFAR_FALLBACK, SYSTEM_RANGE(1, " + count + ")");
    }

    /** Called by the database whenever a row is deleted. */
    public static final class Slow implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** All at once take longer than anybody waits for an answer, and no database has died. */
    @Test
    void frozen_clearOfManyRows_goesOnAsLongAsItGetsOn() {
        leaveRows(2_500);
        database.run("CREATE TRIGGER SLOW BEFORE DELETE ON NEARFAR_FALLBACK FOR EACH ROW CALL '" + Slow.class.getName()
                + "'");
        Node here = node(setup(redis.host()).deadline(Duration.ofSeconds(3)), new UnkeptTable(table()));
        freeze();
        try (CapturedLog log = new CapturedLog()) {
            here.store().clear();
            assertThat(rows()).as("that of the clear").isEqualTo(1);
            assertThat(log.lines("NF0411")).isEmpty();
            assertThat(log.lines("NF0415")).isEmpty();
        }
    }

    @Test
    void manyRowsAndASlowDatabase_scanAndCloseEndAllTheSame() {
        leaveRows(4_000);
        paced.pages(TimeUnit.MILLISECONDS.toNanos(600));
        Node here = Node.of(brief(redis.host()), paced);
        nodes.add(here);
        long start = System.nanoTime();
        try {
            here.store().scan();
        } catch (FarTierUnavailableException unfinished) {
            assertThat(unfinished.getMessage()).containsAnyOf("still being made up for", "does not answer");
        }
        here.cache.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("of 63 pages that take 38 seconds")
                .isLessThan(Duration.ofSeconds(30));
    }

    private static List<String> keys() {
        return IntStream.range(0, 300).mapToObj(i -> "k" + i).toList();
    }

    /** The rest of the page of the far tier that was read before it went; there is no more. */
    private static Map<String, String> rest(Iterator<Keyed<String, String>> walk, int most) {
        Map<String, String> met = new HashMap<>();
        try {
            while (met.size() < most && walk.hasNext()) {
                Keyed<String, String> each = walk.next();
                met.put(each.key(), each.entry().value().get());
            }
        } catch (FarTierUnavailableException noMore) {
            assertThat(met).as("what was read comes before the failure").isNotEmpty();
        }
        return met;
    }

    /** Each question of its own would take as long as a walk over all. */
    @Test
    void frozen_walkThatWasBegunBefore_asksByPageAndMeetsWhatIsPutMeanwhile() {
        Node here = node(setup(redis.host()), paced);
        Node there = node();
        keys().forEach(key -> here.putFar(key, "old"));
        Iterator<Keyed<String, String>> walk = here.store().scan();
        walk.next();
        freeze();
        there.store()
                .applyAll(keys().stream()
                        .collect(Collectors.toMap(key -> key, key -> there.write("there", Condition.ALWAYS))));
        paced.asked();
        assertThat(rest(walk, 50)).hasSize(50).containsValue("there").doesNotContainValue("old");
        assertThat(paced.asked()).as("of 50 keys").isLessThan(10);
        keys().forEach(key -> here.put(key, "here"));
        paced.asked();
        Map<String, String> left = rest(walk, 1_000);
        assertThat(left)
                .hasSizeGreaterThan(30)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo("here"));
        assertThat(paced.asked()).as("of %d keys", left.size()).isLessThan(10);
    }
}
