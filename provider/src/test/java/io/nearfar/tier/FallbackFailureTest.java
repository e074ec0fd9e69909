package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Lifetime;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that holds what it should not, or does not do its part, in an outage and after it. */
@Timeout(120)
class FallbackFailureTest extends FallbackNodes {
    // ---- what lies in the table

    @Test
    void garbage_isAMissAndClearsItsPartition() {
        Node here = node();
        here.putFar("k", "old");
        freeze();
        here.put("k", "new");
        database.run("UPDATE NEARFAR_FALLBACK SET content = X'0102030405'");
        assertThat(here.get("k")).isNull();
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isNull();
    }

    @Test
    void valueOfAnUntrustedType_isAMissHereAndPassedOn() {
        Node here = node();
        here.putFar("k", "old");
        freeze();
        here.put("k", "?untrusted");
        assertThat(here.get("k")).isNull();
        redis.thaw();
        awaitSettled();
        assertThat(far("k")).isNull();
        assertThat(redis.call("DBSIZE")).isNotEqualTo(0L);
    }

    // ---- a database that fails

    /** A deadline that is waited for. */
    private Setup impatient() {
        return setup(redis.host()).deadline(Duration.ofSeconds(3));
    }

    @Test
    void tableThatMayNotBeMade_statementIsToldOnceAndTheOutageGoesOn() {
        database.run("CREATE USER guest PASSWORD 'g'");
        try (CapturedLog log = new CapturedLog()) {
            Node here = Node.of(setup(redis.host()), table("guest", "g"));
            nodes.add(here);
            here.putFar("k", "old");
            freezeKnowing(here, "k");
            here.put("k", "new");
            here.put("l", "new");
            assertThat(here.get("k")).isEqualTo("new");
            redis.thaw();
            soon().until(() -> here.dirty().isEmpty());
            assertThat(here.getFar("k")).isEqualTo("new");
            assertThat(log.lines("NF0411")).hasSize(1);
            assertThat(log.lines("NF0411").get(0)).contains("CREATE TABLE NEARFAR_FALLBACK (");
        }
    }

    @Test
    void databaseThatGoesInTheOutage_nodeRemembersByItself() {
        Node here = node();
        here.putFar("k", "old");
        here.putFar("l", "old");
        freeze();
        here.put("k", "new");
        database.run("DROP TABLE NEARFAR_FALLBACK");
        database.run("CREATE VIEW NEARFAR_FALLBACK AS SELECT 1 AS nothing");
        assertThat(here.get("k")).as("never what was before").isNotEqualTo("old");
        here.put("l", "new");
        assertThat(here.get("l")).isEqualTo("new");
        here.store().clear();
        here.put("m", "new");
        assertThat(here.get("l")).isNull();
        assertThat(here.get("m")).isEqualTo("new");
        database.run("DROP VIEW NEARFAR_FALLBACK");
        redis.thaw();
        soon().until(() -> here.dirty().isEmpty());
        for (String key : List.of("k", "l", "m")) {
            assertThat(far(key)).isNotEqualTo("old");
        }
    }

    /** What only the lost database knew: nobody can tell what it was, so nothing of before is believed. */
    @Test
    void databaseThatIsGoneAfterTheOutage_whatItKnewIsCleared() {
        Node here = node();
        here.putFar("k", "old");
        freeze();
        here.put("k", "new");
        database.run("ALTER TABLE NEARFAR_FALLBACK RENAME TO AWAY");
        database.run("CREATE VIEW NEARFAR_FALLBACK AS SELECT 1 AS nothing");
        redis.thaw();
        soon().until(() -> {
            String read = here.get("k");
            assertThat(read).isNotEqualTo("old");
            return read == null && here.getFar("k") == null;
        });
        database.run("DROP VIEW NEARFAR_FALLBACK");
        database.run("ALTER TABLE AWAY RENAME TO NEARFAR_FALLBACK");
        here.putFar("k", "later");
        awaitSettled();
        assertThat(here.getFar("k")).as("nothing older than what was there").isNotEqualTo("new");
    }

    @Test
    void slowDatabase_costsItsTimeOnceAndThenNothing() {
        SlowTable slow = new SlowTable(table());
        Node here = node(impatient(), slow);
        here.putFar("k", "old");
        freezeKnowing(here, "k");
        slow.hold();
        try (CapturedLog log = new CapturedLog()) {
            long start = System.nanoTime();
            for (int i = 0; i < 2_000; i++) {
                here.put("k", "new");
                assertThat(here.get("k")).isEqualTo("new");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("of 4,000 that would take three seconds each")
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(log.lines("NF0411")).hasSize(1);
            slow.pass();
            soon().until(() -> log.lines("NF0412").size() == 1);
        }
        long late = rows();
        here.put("fresh", "new");
        assertThat(rows()).as("what came late, and one more").isEqualTo(late + 1);
        redis.thaw();
        awaitSettled();
        soon().until(() -> here.dirty().isEmpty());
        assertThat(far("k")).isEqualTo("new");
    }

    /** What a caller has given up is not done over what others have changed since. */
    @Test
    void changeThatCameTooLate_doesNotOverwriteALaterOne() {
        SlowTable slow = new SlowTable(table());
        Node here = node(impatient(), slow);
        Node there = node();
        here.putFar("k", "old");
        freeze();
        slow.hold();
        try (CapturedLog log = new CapturedLog()) {
            here.put("k", "of here");
            there.put("k", "of there");
            slow.pass();
            soon().until(() -> log.lines("NF0412").size() == 1);
        }
        assertThat(there.get("k")).isEqualTo("of there");
    }

    @Test
    void interruptedCaller_waitsForTheTableAllTheSame() {
        Node here = node();
        freeze();
        Thread.currentThread().interrupt();
        here.put("k", "new");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(rows()).isEqualTo(1);
        assertThat(here.dirty().isEmpty()).isTrue();
    }

    /** What is being loaded was there before. */
    @Test
    void destroy_voidsTheLoadsOfThisNode() {
        Node here = node();
        freeze();
        here.dirty().leaseLocally("k", 60_000, 0);
        redis.thaw();
        here.getFar("none");
        here.store().destroy();
        assertThat(here.dirty().leases().size()).isZero();
    }

    @Test
    void putBrief_afterEverything_leavesNothingBehind() {
        Node here = node();
        here.putFar("k", "old");
        freeze();
        here.store()
                .applyAll(Map.of(
                        "k", Change.write(here.values.keep("v"), Condition.ALWAYS, Lifetime.of(50_000), false),
                        "l", Change.removal(Condition.ALWAYS, false)));
        here.store().clear();
        redis.thaw();
        awaitSettled();
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.dirty().leases().size()).isZero();
    }
}
