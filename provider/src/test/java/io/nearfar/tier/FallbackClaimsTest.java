package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Condition;
import io.nearfar.testing.CapturedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of rows that a node has claimed and not settled, and of those that nobody can settle. */
@Timeout(120)
class FallbackClaimsTest extends FallbackNodes {
    private static final RowNames NAMES = new RowNames("tiers:fallback", 0, "cities");

    /** Longer than anything is held up here. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private long claimed() {
        return database.number("SELECT COUNT(*) FROM NEARFAR_FALLBACK WHERE settler IS NOT NULL");
    }

    /** Starts a node that has put something in an outage and claims it after it. */
    private Node claiming(Runnable then) {
        ClaimingTable table = new ClaimingTable(table());
        Node here = node(setup(relay.host()), table);
        here.putFar("k", "old");
        holdKnowing(here, "k");
        here.put("k", "new");
        table.onClaim(then);
        assertThat(rows()).isEqualTo(1);
        pass();
        return here;
    }

    @Test
    void serverThatFailsAgain_claimIsGivenBack() {
        CountDownLatch held = new CountDownLatch(1);
        claiming(() -> {
            relay.hold();
            held.countDown();
        });
        soon().until(() -> held.getCount() == 0);
        soon().until(() -> claimed() == 0);
        assertThat(rows()).isEqualTo(1);
        Node there = node();
        assertThat(there.getFar("k")).isEqualTo("new");
        assertThat(rows()).isZero();
    }

    @Test
    void nodeThatDiedWithItsClaim_isWaitedForAndThenTheClaimIsTakenOver() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            claiming(() -> {
                relay.hold();
                await(end);
            });
            soon().until(() -> claimed() == 1);
            AtomicLong later = new AtomicLong();
            Node there = Node.of(setup(redis.host()), table(), later::get);
            nodes.add(there);
            assertThat(there.get("k")).as("the row is the truth meanwhile").isEqualTo("new");
            assertThat(far("k")).isEqualTo("old");
            later.addAndGet(RowSettler.CLAIM_NANOS / 2);
            assertThat(there.get("k")).isEqualTo("new");
            assertThat(claimed()).isOne();
            later.addAndGet(RowSettler.CLAIM_NANOS / 2);
            assertThat(there.getFar("k")).isEqualTo("new");
            assertThat(far("k")).isEqualTo("new");
            soon().until(() -> rows() == 0);
        } finally {
            end.countDown();
        }
    }

    /** Called by the database whenever a row is changed. */
    public static final class Contention implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            throw new SQLException("deadlock", "40001");
        }
    }

    /** What was read is not forgotten because others are in the way of its claim. */
    @Test
    void rowThatCannotBeClaimed_answersAllTheSame() {
        Node dead = node(setup(relay.host()), table());
        dead.putFar("k", "old");
        holdKnowing(dead, "k");
        dead.put("k", "new");
        database.run("CREATE TRIGGER CONTENDED BEFORE UPDATE ON NEARFAR_FALLBACK FOR EACH ROW CALL '"
                + Contention.class.getName() + "'");
        Node here = Node.of(setup(redis.host()), table());
        nodes.add(here);
        assertThat(here.get("k")).isEqualTo("new");
        assertThat(here.store().lookupAll(List.of("k", "none")).get("k").value().get())
                .isEqualTo("new");
        database.run("DROP TRIGGER CONTENDED");
        assertThat(here.getFar("k")).isEqualTo("new");
    }

    /** It took so long to claim that somebody else may have taken over, told the far tier, and written since. */
    @Test
    void claimThatTookLong_isGivenUp() {
        AtomicLong time = new AtomicLong();
        ClaimingTable table = new ClaimingTable(table());
        Node here = node(setup(relay.host()), table, time::get);
        Node there = node(setup(redis.host()), null);
        here.putFar("k", "old");
        holdKnowing(here, "k");
        here.put("k", "new");
        CountDownLatch claimed = new CountDownLatch(1);
        table.onClaim(() -> {
            time.addAndGet(RowSettler.CLAIM_NANOS);
            database.run("DELETE FROM NEARFAR_FALLBACK");
            there.putFar("k", "newest");
            claimed.countDown();
        });
        pass();
        await(claimed);
        here.close(); // which waits for who has claimed
        assertThat(there.getFar("k")).isEqualTo("newest");
    }

    /** Whoever settles in the background when the node is closed ends that properly. */
    @Test
    void nodeThatIsClosed_keepsNoClaim() {
        Thread closing = Thread.currentThread();
        CountDownLatch claimed = new CountDownLatch(1);
        Node here = claiming(() -> {
            claimed.countDown();
            soon().until(() -> Stream.of(closing.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(Fallback.class.getName())
                            && frame.getMethodName().equals("close")));
        });
        await(claimed);
        here.closeTiers();
        assertThat(rows()).isZero();
    }

    /** What is told the row while it is being settled came after what the far tier is told. */
    @Test
    void putWhileTheRowIsSettled_wins() {
        ClaimingTable table = new ClaimingTable(table());
        Node here = node(setup(relay.host()).deadline(Duration.ofSeconds(2)), table);
        here.putFar("k", "old");
        holdKnowing(here, "k");
        here.put("k", "new");
        CountDownLatch put = new CountDownLatch(1);
        table.onClaim(() -> {
            here.put("k", "newest");
            put.countDown();
        });
        pass();
        await(put);
        awaitSettled();
        assertThat(far("k")).isEqualTo("newest");
    }

    /** A third who settled what the row holds now would be taken for somebody who came in between. */
    @Test
    void putOfAnotherNodeWhileTheRowIsSettled_isLeftToWhoSettlesIt() throws Exception {
        CompletableFuture<Void> put = new CompletableFuture<>();
        claiming(() -> complete(put, () -> {
            another().put("k", "newest");
            assertThat(another().get("k"))
                    .as("tries to settle it, and believes it")
                    .isEqualTo("newest");
            assertThat(claimed()).as("still").isOne();
        }));
        put.get(60, TimeUnit.SECONDS);
        awaitSettled();
        assertThat(far("k")).isEqualTo("newest");
    }

    /** Returns a node that does not know yet whether there are rows. */
    private Node another() {
        Node another = Node.of(setup(redis.host()), table());
        nodes.add(another);
        return another;
    }

    /** Who has claimed it is dead, however often the row is changed. */
    @Test
    void putsIntoARowThatADeadNodeHasClaimed_doNotPutOffItsEnd() {
        AtomicLong later = new AtomicLong();
        Node here = node(setup(redis.host()), table(), later::get);
        here.putFar("k", "old");
        freezeKnowing(here, "k");
        here.put("k", "new");
        claimForTheDead();
        redis.thaw();
        soon().until(() -> {
            later.addAndGet(RowSettler.CLAIM_NANOS / 2);
            here.put("k", "newer");
            return rows() == 0;
        });
        assertThat(far("k")).isEqualTo("newer");
    }

    private void claimForTheDead() {
        try (OutageTable table = table()) {
            OutageRow row = table.find(List.of(NAMES.id("k"))).get(0);
            assertThat(table.claim(row.claimedBy("dead"), row.number())).isTrue();
        }
    }

    /** A put that has met the row goes to the far tier when the row is settled, and not over what there was before. */
    @Test
    void putThatWaitsForTheSettling_wins() throws Exception {
        SearchedTable table = new SearchedTable(table(), NAMES.id("k"));
        putWins(table, here -> {
            table.holdSecondSearch();
            put(here);
        });
    }

    /** What it has read is no row any more when it goes on, and nobody is at work on it. */
    @Test
    void putThatHasReadTheRowBeforeTheSettling_wins() throws Exception {
        SearchedTable table = new SearchedTable(table(), NAMES.id("k"));
        putWins(table, here -> {
            table.holdFirstAnswer();
            put(here);
        });
    }

    /** It has met what another node settles, and finds nothing any more when it wants to take the place of that. */
    @Test
    void putThatHasMetTheSettlingOfAnotherNode_wins() throws Exception {
        SearchedTable table = new SearchedTable(table(), NAMES.id("k"));
        putWins(table, here -> put(there(table)));
    }

    @Test
    void putAllThatHasMetTheSettlingOfAnotherNode_wins() throws Exception {
        SearchedTable table = new SearchedTable(table(), NAMES.id("k"));
        putWins(table, here -> {
            Node there = there(table);
            there.store().applyAll(Map.of("k", there.write("newest", Condition.ALWAYS)));
        });
    }

    private static void put(Node node) {
        node.put("k", "newest");
    }

    /** Returns a node that does not know yet whether there are rows, and is held up from now on. */
    private Node there(SearchedTable table) {
        Node there = Node.of(setup(redis.host()).deadline(PATIENCE), table.beside(table()));
        nodes.add(there);
        table.holdSecondSearch();
        return there;
    }

    /** A put that searches for the row while that is claimed is not lost. */
    private void putWins(SearchedTable table, Consumer<Node> putting) throws Exception {
        Node here = node(setup(relay.host()).deadline(PATIENCE), table);
        here.putFar("k", "old");
        holdKnowing(here, "k");
        here.put("k", "new");
        CompletableFuture<Void> put = new CompletableFuture<>();
        table.onClaim(() -> {
            start(put, () -> putting.accept(here));
            table.awaitFirstSearch();
        });
        pass();
        put.get(60, TimeUnit.SECONDS);
        awaitSettled();
        assertThat(far("k")).isEqualTo("newest");
    }

    private static void start(CompletableFuture<Void> end, Runnable work) {
        Thread thread = new Thread(() -> complete(end, work));
        thread.setDaemon(true);
        thread.start();
    }

    private static void complete(CompletableFuture<Void> end, Runnable work) {
        try {
            work.run();
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Between the return of the server and the settling, near entries of before are not served under a new lease. */
    @Test
    void nearEntryOfBeforeTheOutage_isNotServedOverARowOfAnother() {
        Node here = node(setup(redis.host()), table(), () -> 0);
        Node there = node(setup(redis.host()), table(), () -> 0);
        here.putFar("k", "old");
        there.getFar("k");
        assertThat(there.get("k")).isEqualTo("old");
        freeze(); // they know of the outage, which is too short for a new subscription
        here.put("k", "new");
        claimForTheDead();
        redis.thaw();
        long back = System.nanoTime();
        soon().until(() -> System.nanoTime() - there.cache.sinceVerified().getAsLong() - back > 0);
        assertThat(there.get("k")).isEqualTo("new");
    }

    @Test
    void rowOfAPartitionThatThereIsNot_goes() {
        Node here = node();
        try (OutageTable table = table();
                CapturedLog log = new CapturedLog()) {
            table.insert(new OutageRow(NAMES.id("x"), NAMES.scope(), "c", 70, 1, null, new byte[] {1, 2, 3}));
            freeze();
            here.get("none");
            redis.thaw();
            awaitSettled();
            assertThat(log.lines("NF0413")).isEmpty();
        }
    }
}
