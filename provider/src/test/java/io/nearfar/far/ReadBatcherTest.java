package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.far.ReadBatcher.Turn;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.client.RedisException;

/** Reads that share a call, on a real server whose answers are held back until the test has begun what it wants. */
@Timeout(120)
class ReadBatcherTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern MGETS = Pattern.compile("cmdstat_mget:calls=(\\d+)");

    private final Keyspace keyspace = new Keyspace("ours");
    private final RealRedis redis = RealRedis.start();
    private final FaultProxy proxy = new FaultProxy(redis.port());
    private final AtomicLong now = new AtomicLong(1);
    private Link link;
    private ReadBatcher batcher;

    @BeforeEach
    void start() {
        redis.call("ACL", "SETUSER", "reader", "on", ">secret", "allcommands", "allchannels", "~*ours*");
        redis.call("MSET", "ours:a", "A", "ours:b", "B", "ours:c", "C", "ours:m", "M", "ours:n", "N", "theirs:x", "X");
        FarAddress address =
                new FarAddress(Topology.STANDALONE, List.of(proxy.host()), false, "reader", "secret", 0, null);
        FarSettings settings = FarSetups.quiet(FarSetups.far(address, "ours"));
        link = new Link(settings, keyspace, new Bus(keyspace, false));
        link.start();
        await().atMost(SOON).ignoreExceptions().until(() -> link.session() != null);
        Session session = link.session();
        batcher = new ReadBatcher((node, keys) -> session.send(node, Session.MGET, keys), now::get);
        redis.call("CONFIG", "RESETSTAT");
    }

    @AfterEach
    void stop() {
        proxy.heal();
        link.close();
        proxy.close();
        redis.close();
    }

    private Turn read(String entry, String meta) {
        return batcher.read(link.session().node(0), entry, meta, 1);
    }

    private static List<String> texts(CompletableFuture<List<Object>> turn) throws Exception {
        return turn.get(60, TimeUnit.SECONDS).stream()
                .map(part -> part == null ? "" : new String((byte[]) part, StandardCharsets.UTF_8))
                .toList();
    }

    private int mgets() {
        Matcher matcher = MGETS.matcher(RespClient.text(redis.call("INFO", "commandstats")));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** One is under way, the server has answered, and nobody has heard of it yet. */
    private Turn underWay() {
        proxy.holdBack(Lines.ALL);
        Turn first = read("ours:a", "ours:m");
        await().atMost(SOON).until(() -> mgets() == 1);
        assertThat(first.isSent()).isTrue();
        assertThat(first).isNotDone();
        return first;
    }

    @Test
    void read_besideNoOther_isSentAtOnce() throws Exception {
        Turn alone = read("ours:a", "ours:m");
        assertThat(alone.isSent()).isTrue();
        assertThat(texts(alone)).containsExactly("A", "M");
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
        assertThat(mgets()).isOne();
    }

    @Test
    void reads_whileOthersAreUnderWay_goInOneCall() throws Exception {
        Turn first = underWay();
        Turn a = read("ours:a", "ours:m");
        Turn b = read("ours:b", "ours:n");
        Turn c = read("ours:c", "ours:m");
        Turn absent = read("ours:absent", "ours:none");
        assertThat(batcher.waiting()).isEqualTo(4);
        proxy.heal();
        assertThat(texts(a)).containsExactly("A", "M");
        assertThat(texts(b)).containsExactly("B", "N");
        assertThat(texts(c)).containsExactly("C", "M");
        assertThat(texts(absent)).containsExactly("", "");
        assertThat(texts(first)).containsExactly("A", "M");
        assertThat(mgets()).isEqualTo(2);
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
    }

    /** The server has answered the first by what was there; the second begins when that is no more. */
    @Test
    void read_thatBeginsAfterAWrite_seesIt() throws Exception {
        Turn first = underWay();
        redis.call("SET", "ours:a", "new");
        Turn later = read("ours:a", "ours:m");
        proxy.heal();
        assertThat(texts(later)).containsExactly("new", "M");
        assertThat(texts(first)).containsExactly("A", "M");
    }

    /** The server refuses all of a call for one key. */
    @Test
    void refusal_ofOne_isNotThatOfTheOthers() throws Exception {
        underWay();
        Turn a = read("ours:a", "ours:m");
        Turn refused = read("theirs:x", "ours:m");
        Turn c = read("ours:c", "ours:m");
        proxy.heal();
        assertThat(texts(a)).containsExactly("A", "M");
        assertThat(texts(c)).containsExactly("C", "M");
        assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RedisException.class)
                .hasMessageContaining("NOPERM");
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
    }

    @Test
    void reads_afterARefusal_goByThemselves() throws Exception {
        refusal_ofOne_isNotThatOfTheOthers();
        proxy.holdBack(Lines.ALL);
        List<Turn> apart =
                IntStream.range(0, 8).mapToObj(i -> read("ours:a", "ours:m")).toList();
        assertThat(apart).allMatch(Turn::isSent);
        proxy.heal();
        for (Turn each : apart) {
            assertThat(texts(each)).containsExactly("A", "M");
        }
    }

    @Test
    void readsThatWait_whenTheConnectionsBreak_endAsWell() {
        Turn first = underWay();
        List<Turn> later =
                IntStream.range(0, 3).mapToObj(i -> read("ours:c", "ours:m")).toList();
        proxy.cut(Lines.ALL);
        proxy.heal();
        await().atMost(SOON).until(() -> first.isDone());
        await().atMost(SOON).until(() -> later.stream().allMatch(Turn::isDone));
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> texts(read("ours:a", "ours:m")).equals(List.of("A", "M")));
    }

    /** Those that are under way stay without an answer, and the server gets the others' call all the same. */
    @Test
    void readInAHurry_takesAlongWhoWaits() throws Exception {
        underWay();
        List<Turn> later =
                IntStream.range(0, 3).mapToObj(i -> read("ours:c", "ours:m")).toList();
        later.get(2).hurry();
        await().atMost(SOON).until(() -> mgets() == 2);
        assertThat(later).allMatch(Turn::isSent).noneMatch(Turn::isDone);
        assertThat(batcher.underWay()).isEqualTo(2);
        proxy.heal();
        for (Turn each : later) {
            assertThat(texts(each)).containsExactly("C", "M");
        }
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
    }

    @Test
    void read_whenTheLastIsOverdue_isSentWithThoseThatWait() throws Exception {
        underWay();
        Turn waiting = read("ours:b", "ours:m");
        now.addAndGet(ReadBatcher.OVERDUE + 1);
        Turn late = read("ours:c", "ours:m");
        await().atMost(SOON).until(() -> mgets() == 2);
        assertThat(List.of(waiting, late)).allMatch(Turn::isSent).noneMatch(Turn::isDone);
        proxy.heal();
        assertThat(texts(waiting)).containsExactly("B", "M");
        assertThat(texts(late)).containsExactly("C", "M");
    }

    @Test
    void readsBeyondTheMost_goInFurtherCalls() throws Exception {
        underWay();
        List<Turn> later = IntStream.range(0, 3 * ReadBatcher.MOST_READS)
                .mapToObj(i -> read("ours:c", "ours:m"))
                .toList();
        proxy.heal();
        for (Turn each : later) {
            assertThat(texts(each)).containsExactly("C", "M");
        }
        assertThat(mgets()).isEqualTo(4);
    }

    @Test
    void readsOfManyBytes_areFewInACall() throws Exception {
        underWay();
        List<Turn> later = IntStream.range(0, 4)
                .mapToObj(i -> batcher.read(link.session().node(0), "ours:c", "ours:m", ReadBatcher.MOST_BYTES / 2))
                .toList();
        proxy.heal();
        for (Turn each : later) {
            assertThat(texts(each)).containsExactly("C", "M");
        }
        assertThat(mgets()).isEqualTo(3);
    }

    /** Over a long way a read would wait long for others, and a call in a while costs little. */
    @Test
    void farServer_mayHaveManyUnderWay() throws Exception {
        assertThat(batcher.allowed()).isOne();
        answeredAfter(20 * ReadBatcher.SPACING);
        assertThat(batcher.allowed()).isEqualTo(20);
        answeredAfter(2 * ReadBatcher.SPACING);
        assertThat(batcher.allowed()).isEqualTo(2);
        answeredAfter(2_000 * ReadBatcher.SPACING);
        assertThat(batcher.allowed()).as("one answer that took long").isLessThan(5);
    }

    private void answeredAfter(long nanos) throws Exception {
        proxy.holdBack(Lines.ALL);
        Turn turn = read("ours:a", "ours:m");
        now.addAndGet(nanos);
        proxy.heal();
        assertThat(texts(turn)).containsExactly("A", "M");
        await().atMost(SOON).until(() -> batcher.underWay() == 0);
    }
}
