package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
