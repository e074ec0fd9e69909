package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls about many rows of a database that answers each question, and takes its time over it. */
@Timeout(120)
class CallLimitTest extends FallbackNodes {
    private static final List<String> KEYS =
            IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();

    private final AtomicLong now = new AtomicLong();
    private final PacedTable paced = new PacedTable(new Ageing(table()));
    private volatile long questionNanos;

    /** A table of which each question takes a while, by the clock of the test. */
    private final class Ageing extends GuardedTable {
        private final OutageTable table;

        Ageing(OutageTable table) {
            this.table = table;
        }

        @Override
        OutageTable open() {
            now.addAndGet(questionNanos);
            return table;
        }

        @Override
        public void close() {
            table.close();
        }
    }

    private Node slowly() {
        Node here = node(setup(redis.host()), paced, now::get);
        freeze();
        here.get("none");
        return here;
    }

    /** From now on each question takes five deadlines. */
    private void slow() {
        paced.asked();
        questionNanos = 5 * setup(redis.host()).deadline().toNanos();
    }

    private void quick() {
        questionNanos = 0;
    }

    private static Map<String, Change<String>> changes(Node node, String value) {
        return KEYS.stream().collect(Collectors.toMap(Function.identity(), key -> node.write(value, Condition.ALWAYS)));
    }

    @Test
    void reads_endAfterEightDeadlines_andMissWhatWasNotAskedFor() {
        Node here = slowly();
        here.store().applyAll(changes(here, "new"));
        assertThat(rows()).isEqualTo(1_000);
        slow();
        assertThat(here.store().lookupAll(KEYS).size()).isBetween(1, 300);
        assertThat(paced.asked()).as("of ten questions").isLessThan(5);
        quick();
        assertThat(here.store().lookupAll(KEYS)).hasSize(1_000);
    }

    @Test
    void writes_endAfterEightDeadlines_andTheRestIsRememberedHere() {
        Node here = slowly();
        slow();
        here.store().applyAll(changes(here, "new"));
        assertThat(paced.asked()).as("of twenty questions").isLessThan(7);
        quick();
        assertThat(here.dirty().size()).isPositive();
        assertThat(rows() + here.dirty().size()).isEqualTo(1_000);
        assertThat(here.store().lookupAll(KEYS)).hasSize(1_000);
    }

    @Test
    void clear_endsAfterEightDeadlines_andIsRememberedHere() {
        Node here = slowly();
        here.store().applyAll(changes(here, "old"));
        slow();
        here.store().clear();
        assertThat(paced.asked()).as("of thirteen questions").isLessThan(8);
        quick();
        assertThat(rows()).isPositive();
        assertThat(here.store().lookupAll(KEYS)).isEmpty();
        redis.thaw();
        soon().until(() -> here.dirty().isEmpty());
        awaitSettled();
        assertThat(here.getFar("k1")).isNull();
    }
}
