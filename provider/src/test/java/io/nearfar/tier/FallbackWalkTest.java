package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.testing.CapturedLog;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
        paced.pages(TimeUnit.MILLISECONDS.toNanos(900));
        Node here = Node.of(brief(redis.host()), paced);
        nodes.add(here);
        long start = System.nanoTime();
        try {
            here.store().scan();
        } catch (FarTierUnavailableException unfinished) {
            assertThat(unfinished).hasMessageContaining("still being made up for");
        }
        here.cache.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("of 63 pages that take a second each")
                .isLessThan(Duration.ofSeconds(40));
    }
}
