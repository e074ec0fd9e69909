package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Condition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in the table is not always the truth: somebody may have changed or cleared the key in the far tier since. */
@Timeout(120)
class FallbackTruthTest extends FallbackNodes {
    /** Reads until the answer is that one; no answer in between may be the other. */
    private static void awaitNever(Node node, String key, String never, @Nullable String wanted) {
        soon().until(() -> {
            String read = node.get(key);
            assertThat(read).isNotEqualTo(never);
            return Objects.equals(read, wanted);
        });
    }

    /** Lets a node put something while it is cut off alone; the others go on. */
    private Node cutOff(Node there, String key) {
        Node here = node(setup(relay.host()), table());
        here.putFar(key, "old");
        there.getFar(key);
        holdKnowing(here, key);
        here.put(key, "of here");
        assertThat(rows()).isEqualTo(1);
        return here;
    }

    // ---- rows of a node that was cut off alone, in the next outage of all

    @Test
    void rowOverWhichTheKeyWasWritten_isAMissForAllUntilTheNextChange() {
        Node there = node();
        Node here = cutOff(there, "k");
        there.putFar("k", "of there");
        assertThat(there.get("k")).isEqualTo("of there");
        assertThat(rows()).isEqualTo(1);
        freeze();
        awaitNever(there, "k", "of here", null);
        assertThat(there.get("k")).as("asked again").isNull();
        assertThat(here.get("k")).as("the nodes agree").isNull();
        here.put("k", "later");
        assertThat(there.get("k")).isEqualTo("later");
        redis.thaw();
        pass();
        awaitSettled();
        assertThat(far("k")).isIn("later", null);
    }

    @Test
    void rowOverWhichTheKeyWasWritten_isNotWhatAChangeIsDecidedOver() {
        Node there = node(setup(redis.host()).local(), table());
        cutOff(there, "k");
        there.putFar("k", "of there");
        freeze();
        awaitNever(there, "k", "of here", null);
        assertThat(there.store().apply("k", there.write("x", Condition.PRESENT)).applied())
                .isFalse();
        assertThat(there.store().apply("k", there.write("x", Condition.ABSENT)).applied())
                .isTrue();
    }

    @Test
    void rowOverWhichTheCacheWasCleared_isAMiss() {
        Node there = node();
        cutOff(there, "k");
        there.store().clear();
        assertThat(there.get("k")).isNull();
        assertThat(rows()).isEqualTo(1);
        freeze();
        there.put("none", "x");
        assertThat(there.get("k")).isNull();
    }

    private static void putTagged(Node node, String key, String value) {
        Attributes red = Attributes.of(List.of("red"), Attributes.AS_CONFIGURED);
        node.store().apply(key, node.write(value, Condition.ALWAYS).with(red));
    }

    @Test
    void rowWhoseTagWasInvalidated_isAMiss() {
        Node there = node();
        Node here = node(setup(relay.host()), table());
        here.putFar("k", "old");
        there.getFar("k");
        holdKnowing(here, "k");
        putTagged(here, "k", "of here");
        assertThat(rows()).isEqualTo(1);
        there.store().invalidateTags(List.of("red"));
        freeze();
        awaitNever(there, "k", "of here", null);
        assertThat(here.get("k")).as("the nodes agree").isNull();
    }

    // ---- a clear just after the outage

    /** Who has claimed a row may have died: nobody is to read what it says after a clear. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void clearAfterTheOutage_hidesWhatADeadNodeHasClaimed(Mode mode) {
        Node here = node(setup(redis.host()).mode(mode), table());
        Node there = node(setup(redis.host()).mode(mode), table());
        here.putFar("known", "old");
        freeze();
        here.put("known", "new");
        here.put("fresh", "new");
        awaitLeaseEnd(there, "known", "new");
        claim("known");
        claim("fresh");
        redis.thaw();
        here.getFar("none");
        assertThat(rows()).as("nobody else settles them").isEqualTo(2);
        here.store().clear();
        for (String key : List.of("known", "fresh")) {
            assertThat(here.get(key)).isNull();
            assertThat(there.get(key)).isNull();
        }
    }

    /** The table does not know which of its rows carry the tag. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidationAfterTheOutage_hidesWhatADeadNodeHasClaimed(Mode mode) {
        Node here = node(setup(redis.host()).mode(mode), table());
        Node there = node(setup(redis.host()).mode(mode), table());
        here.putFar("known", "old");
        freeze();
        putTagged(here, "known", "new");
        putTagged(here, "fresh", "new");
        awaitLeaseEnd(there, "known", "new");
        claim("known");
        claim("fresh");
        redis.thaw();
        here.getFar("none");
        assertThat(rows()).as("nobody else settles them").isEqualTo(2);
        here.store().invalidateTags(List.of("red"));
        for (String key : List.of("known", "fresh")) {
            assertThat(here.get(key)).isNull();
            assertThat(there.get(key)).isNull();
        }
    }

    private void claim(String key) {
        try (OutageTable table = table()) {
            String id = new RowNames("tiers:fallback", 0, "cities").id(key);
            OutageRow row = table.find(List.of(id)).get(0);
            assertThat(table.claim(row.claimedBy("dead"), row.number())).isTrue();
        }
    }
}
