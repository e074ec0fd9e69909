package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.far.TagLedger.Candidate;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries that were read, and whose tags have to be asked for. */
@Timeout(120)
class TaggedReadsTest {
    private final Keyspace keyspace = new Keyspace("tags");
    private final RealRedis redis = RealRedis.start();
    private final Link link =
            new Link(FarSetups.far(FarSetups.address(redis.host()), "tags"), keyspace, new Bus(keyspace, false));
    private final Calls calls = new Calls(link, Duration.ofHours(1));
    private final TagLedger ledger = new TagLedger(calls, new Names(keyspace, "c"));

    @BeforeEach
    void start() {
        link.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> link.session() != null);
        String table = keyspace.tagsKey("c", 0);
        redis.call("HSET", table, "", numbers(300, 0), "red", numbers(250), "blue", numbers(100));
    }

    @AfterEach
    void stop() {
        redis.thaw();
        link.close();
        redis.close();
    }

    private static byte[] numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
        LongStream.of(numbers).forEach(bytes::putLong);
        return bytes.array();
    }

    /** Returns an entry of stamp 200 that was read with a meta of before the table's last invalidation. */
    private static Candidate candidate(String tag) {
        Attributes attributes = Attributes.of(List.of(tag), Attributes.AS_CONFIGURED);
        Version version = new Version(200, 1);
        Envelope envelope =
                new Envelope(false, version, 0, Entry.NEVER, null, Compression.NONE, new byte[] {1}, attributes);
        return new Candidate(0, envelope, new Meta(10, 220, 0), false);
    }

    /** The table knows of a later invalidation than the meta that was read: nobody has to ask once more for that. */
    @Test
    void manyEntries_areAskedForInOneQuestionForEachPartition() {
        List<Candidate> many = Stream.of("red", "blue", "green")
                .map(TaggedReadsTest::candidate)
                .toList();
        redis.call("CONFIG", "RESETSTAT");
        assertThat(ledger.dead(many, calls.until())).containsExactly(many.get(0));
        assertThat(TagTableLossTest.calls(redis, "hmget")).isOne();
    }

    /** Somebody changes the rights of the user, and changes them back. */
    @Test
    void refusal_countsForItsOwnReadAlone() {
        redis.call("ACL", "SETUSER", "default", "-hmget");
        assertThat(ledger.admits(lastMeta("blue"), calls.until())).isFalse();
        redis.call("ACL", "SETUSER", "default", "+hmget");
        assertThat(ledger.admits(lastMeta("blue"), calls.until())).isTrue();
    }

    private static Candidate lastMeta(String tag) {
        return new Candidate(0, candidate(tag).envelope(), new Meta(10, 300, 0), false);
    }

    /** What is left of the deadline of a read is all that the table may take. */
    @Test
    void table_isAskedForNoLongerThanThat() {
        assertThat(ledger.admits(candidate("red"), calls.until())).isFalse();
        assertThat(ledger.admits(candidate("blue"), calls.until())).isTrue();
        redis.freeze();
        assertThatThrownBy(() -> ledger.admits(candidate("green"), System.nanoTime() + 1_000_000))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("HMGET");
        assertThat(calls.silence(0)).as("the breaker").isNull();
        Calls hasty = new Calls(link, Duration.ofMillis(200));
        TagLedger most = new TagLedger(hasty, new Names(keyspace, "c"));
        assertThatThrownBy(() -> most.admits(candidate("green"), hasty.until()))
                .isInstanceOf(FarTierUnavailableException.class);
        assertThat(calls.silence(0)).as("the breaker").isNotNull();
    }
}
