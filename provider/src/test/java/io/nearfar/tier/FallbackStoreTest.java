package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Keyed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that see one database, through an outage of their server. */
@Timeout(120)
class FallbackStoreTest extends FallbackNodes {
    // ---- in the outage

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void frozen_entriesOfOneNode_areReadByTheOther(Mode mode) {
        Node here = node(setup(redis.host()).mode(mode), table());
        Node there = node(setup(redis.host()).mode(mode), table());
        here.putFar("known", "old");
        assertThat(there.getFar("known")).isEqualTo("old");
        assertThat(there.get("known")).isEqualTo("old");
        freeze();
        here.put("known", "new");
        here.put("fresh", "new");
        assertThat(here.get("known")).isEqualTo("new");
        awaitLeaseEnd(there, "known", "new");
        assertThat(there.get("fresh")).isEqualTo("new");
        there.put("known", "newer");
        assertThat(here.get("known")).as("the last change counts for both").isEqualTo("newer");
        assertThat(here.store().lookupAll(Set.of("known", "fresh", "none"))).hasSize(2);
        assertThat(here.figures().dirtyKeys()).isZero();
        redis.thaw();
        awaitSettled();
    }

    @Test
    void frozen_removalOfOneNode_hidesWhatTheOtherHas() {
        Node here = node();
        Node there = node();
        here.putFar("k", "old");
        there.getFar("k");
        assertThat(there.get("k")).isEqualTo("old");
        freeze();
        here.put("k", "new");
        here.remove("k");
        assertThat(here.get("k")).isNull();
        awaitLeaseEnd(there, "k", null);
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isNull();
        assertThat(there.get("k")).isNull();
    }

    @Test
    void frozen_clearOfOneNode_hidesEverythingOfBefore() {
        Node here = node();
        Node there = node();
        here.putFar("near", "old");
        there.getFar("near");
        freeze();
        there.put("k", "old");
        here.store().clear();
        assertThat(here.get("k")).isNull();
        awaitLeaseEnd(there, "near", null);
        assertThat(there.get("k")).isNull();
        there.put("k", "after");
        assertThat(here.get("k")).isEqualTo("after");
        redis.thaw();
        awaitSettled();
        assertThat(far("near")).isNull();
        assertThat(far("k")).isNull();
    }

    @Test
    void frozen_shortLife_endsForAll() {
        Node here = node();
        Node there = node();
        here.putFar("k", "old");
        freeze();
        here.put("k", "brief", 1);
        awaitLeaseEnd(there, "k", null);
        awaitLeaseEnd(here, "k", null);
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isNull();
    }

    @Test
    void frozen_loaded_isFoundByTheOther() throws Exception {
        Node here = node();
        Node there = node();
        freeze();
        here.loads().getOrLoad("k", () -> here.values.keep("loaded"), replaced -> Node.eternal());
        assertThat(there.get("k")).isEqualTo("loaded");
        assertThat(there.loads()
                        .getOrLoad("k", () -> there.values.keep("again"), replaced -> Node.eternal())
                        .value()
                        .get())
                .isEqualTo("loaded");
        here.loads().reload("k", () -> here.values.keep("reloaded"), replaced -> Node.eternal());
        assertThat(there.get("k")).isEqualTo("reloaded");
    }

    @Test
    void frozen_loaded_isAnsweredNoLongerForBeingRead() throws Exception {
        Duration maxStale = Duration.ofMinutes(10);
        Node here = node(setup(redis.host()).maxStale(maxStale), table());
        Node there = node(setup(redis.host()).maxStale(maxStale).mode(Mode.FAR), table());
        freeze();
        here.loads().getOrLoad("k", () -> here.values.keep("loaded"), replaced -> Node.eternal());
        Entry<String> loaded = there.store().lookup("k");
        there.store().touch("k", loaded, 3_600_000);
        there.store().touch("k", loaded, 3_600_000);
        assertThat(here.store().lookup("k").expires())
                .as("max-stale after the load")
                .isEqualTo(loaded.expires());
        here.put("k", "put");
        Entry<String> put = here.store().lookup("k");
        assertThat(put.expires()).isEqualTo(Entry.NEVER);
    }

    @Test
    void frozen_loadThatWasOvertakenByTheOther_isNotStored() throws Exception {
        Node here = node();
        Node there = node();
        freeze();
        here.loads()
                .getOrLoad(
                        "k",
                        () -> {
                            there.put("k", "put");
                            return here.values.keep("loaded");
                        },
                        replaced -> Node.eternal());
        here.loads()
                .getOrLoad(
                        "l",
                        () -> {
                            there.store().clear();
                            return here.values.keep("loaded");
                        },
                        replaced -> Node.eternal());
        assertThat(here.get("l")).isNull();
        there.put("k", "put");
        assertThat(here.get("k")).isEqualTo("put");
    }

    @Test
    void frozen_manyThreadsOfTwoNodes_agreeInTheEnd() {
        Node here = node();
        Node there = node();
        freeze();
        IntStream.range(0, 400).parallel().forEach(i -> (i % 2 == 0 ? here : there).put("k" + i % 3, "v" + i));
        for (String key : List.of("k0", "k1", "k2")) {
            assertThat(here.get(key)).isNotNull().isEqualTo(there.get(key));
        }
    }

    @Test
    void frozenAndLocal_oneOfTwoNodesWins() {
        Node here = node(setup(redis.host()).local(), table());
        Node there = node(setup(redis.host()).local(), table());
        freeze();
        boolean first =
                here.store().apply("k", here.write("a", Condition.ABSENT)).applied();
        boolean second =
                there.store().apply("k", there.write("b", Condition.ABSENT)).applied();
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(there.get("k")).isEqualTo("a");
    }

    // ---- after it

    @Test
    void thawed_valueOfAKnownEntry_isWritten() {
        Node here = node();
        here.putFar("k", "old");
        here.putFar("gone", "old");
        freezeKnowing(here, "k", "gone");
        long expires = here.put("k", "new", 3_600_000).now().expires();
        here.put("unknown", "new");
        here.remove("gone");
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isEqualTo("new");
        assertThat(far("gone")).isNull();
        assertThat(far("unknown")).as("nobody can tell").isNull();
        Entry<String> entry = nodes.get(nodes.size() - 1).store().read("k", Freshness.AUTHORITY);
        assertThat(entry.expires()).isBetween(expires - 60_000_000, expires + 60_000_000);
    }

    /**
     * No read in between may show what was there before, on whichever node. One that does not know yet that the server is
     * back finds that the row is settled, and nothing else.
     */
    @Test
    void thawed_readsOfBothNodes_areSettledFirst() {
        Node here = node();
        Node there = node(setup(redis.host()).mode(Mode.FAR), table());
        for (int round = 0; round < 5; round++) {
            here.putFar("k", "old" + round);
            freezeKnowing(here, "k");
            here.put("k", "new" + round);
            String wanted = "new" + round;
            awaitLeaseEnd(there, "k", wanted);
            redis.thaw();
            for (int i = 0; i < 100; i++) {
                assertThat(there.get("k")).isIn(wanted, null);
                assertThat(here.get("k")).isIn(wanted, null);
            }
            awaitSettled();
            awaitLeaseEnd(here, "k", wanted);
            assertThat(there.getFar("k")).isEqualTo(wanted);
        }
    }

    @Test
    void thawed_twoNodesAtOnce_doNoHarm() {
        Node here = node();
        Node there = node();
        List<String> keys = IntStream.range(0, 300).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> here.putFar(key, "old"));
        freezeKnowing(here, keys.toArray(new String[0]));
        keys.forEach(key -> here.put(key, "new"));
        there.put("x", "y");
        redis.thaw();
        IntStream.range(0, 300).parallel().forEach(i -> (i % 2 == 0 ? here : there).get("k" + i));
        awaitSettled();
        Node far = node(setup(redis.host()), null);
        keys.forEach(key -> assertThat(far.getFar(key)).as(key).isEqualTo("new"));
    }

    @Test
    void scan_afterTheOutage_meetsWhatWasSettled() {
        Node here = node();
        here.putFar("a", "old");
        here.putFar("b", "old");
        freezeKnowing(here, "a", "b");
        here.put("a", "new");
        here.remove("b");
        redis.thaw();
        soon().untilAsserted(() -> {
            Set<String> met = new HashSet<>();
            here.store()
                    .scan()
                    .forEachRemaining(keyed ->
                            met.add(keyed.key() + "=" + keyed.entry().value().get()));
            assertThat(met).containsExactly("a=new");
        });
    }

    /** A thread does not go back behind its own change, also if the walk brings what was there before. */
    @Test
    void scan_thatGoesOnInAnOutage_meetsWhatTheStoreWasTold() {
        Node here = node();
        List<String> keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> here.putFar(key, "old"));
        Iterator<Keyed<String, String>> walk = here.store().scan();
        String first = walk.next().key();
        freeze();
        keys.forEach(key -> here.put(key, "new"));
        assertThat(rows()).isEqualTo(20);
        Set<String> met = new HashSet<>();
        walk.forEachRemaining(keyed -> {
            assertThat(keyed.entry().value().get()).isEqualTo("new");
            met.add(keyed.key());
        });
        assertThat(met).hasSize(19).doesNotContain(first);
    }

    @Test
    void restartedEmpty_nothingOfBeforeComesBack() {
        Node here = node();
        here.putFar("k", "old");
        redis.kill();
        here.put("k", "new");
        assertThat(here.get("k")).isEqualTo("new");
        redis.restart();
        awaitSettled();
        assertThat(far("k")).isNull();
    }

    /** Its server never comes back for it, and it is never closed: for all others it has died. */
    @Test
    void nodeThatDied_itsRowsAreSettledByWhoComes() {
        Node dead = node(setup(relay.host()), table());
        dead.putFar("k", "old");
        dead.putFar("gone", "old");
        holdKnowing(dead, "k", "gone");
        dead.put("k", "new");
        dead.remove("gone");
        assertThat(rows()).isEqualTo(2);
        assertThat(far("k")).as("what nobody else knows of").isEqualTo("old");
        Node here = Node.of(setup(redis.host()), table());
        nodes.add(here);
        assertThat(here.getFar("k")).isEqualTo("new");
        assertThat(here.getFar("gone")).isNull();
        awaitSettled();
        assertThat(far("k")).isEqualTo("new");
        assertThat(far("gone")).isNull();
    }

    @Test
    void nodeThatDied_itsRowsAreSettledByWhoWasInTheSameOutage() {
        Node dead = node(setup(relay.host()), table());
        Node here = node();
        dead.putFar("k", "old");
        holdKnowing(dead, "k");
        dead.put("k", "new");
        freeze();
        awaitLeaseEnd(here, "k", "new");
        redis.thaw();
        soon().until(() -> here.getFar("k"), "new"::equals);
        awaitSettled();
    }

    /** Whoever died with a clear in hand does not keep the others from making it. */
    @Test
    void nodeThatDied_itsClaimOfAClearIsTakenOver() {
        AtomicLong time = new AtomicLong();
        Node here = node(setup(redis.host()), table(), time::get);
        here.putFar("k", "old");
        freeze();
        here.store().clear();
        try (OutageTable table = table()) {
            String id = new RowNames("tiers:fallback", 0, "cities").clearId();
            OutageRow clear = table.find(List.of(id)).get(0);
            assertThat(table.claim(clear.claimedBy("dead"), clear.number())).isTrue();
        }
        redis.thaw();
        soon().until(() -> {
            time.addAndGet(TimeUnit.SECONDS.toNanos(1));
            return rows() == 0;
        });
        assertThat(far("k")).isNull();
    }

    @Test
    void entryThatAnotherNodeHasChanged_isRemoved() {
        Node here = node(setup(relay.host()), table());
        Node there = node(setup(redis.host()), null);
        here.putFar("k", "old");
        hold(here);
        here.put("k", "of here");
        there.putFar("k", "of there");
        pass();
        awaitSettled();
        assertThat(there.getFar("k")).isNull();
        soon().until(() -> here.get("k") == null);
    }

    /** Only other nodes' rows that stay are taken for those of a dead node. */
    @Test
    void nodeWithoutOutage_leavesTheRowsOfOthersAlone() {
        Node here = node(setup(relay.host()), table());
        Node there = node(steady(redis.host()), table(), () -> 0);
        hold(here);
        here.put("k", "of here");
        assertThat(there.getFar("k")).isNull();
        assertThat(rows()).isEqualTo(1);
        assertThat(here.get("k")).isEqualTo("of here");
    }
}
