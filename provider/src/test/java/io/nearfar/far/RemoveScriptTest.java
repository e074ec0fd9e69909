package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import io.nearfar.testing.RespClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoveScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final List<String> KEYS = List.of(ENTRY, META, CHAIN, LOCK, TAGS);

    private static List<Object> remove(ScriptBench bench, String condition, String want, String token, int lockMillis) {
        return remove(bench, bench.inTime(), condition, want, token, lockMillis);
    }

    private static List<Object> remove(
            ScriptBench bench, long notAfter, String condition, String want, String token, int lockMillis) {
        return remove(bench, notAfter, condition, want, token, lockMillis, "");
    }

    private static List<Object> remove(
            ScriptBench bench,
            long notAfter,
            String condition,
            String want,
            String token,
            int lockMillis,
            Object known) {
        return bench.run(
                Script.REMOVE,
                notAfter,
                KEYS,
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                ScriptBench.condition(condition),
                want,
                token,
                lockMillis,
                known);
    }

    /** Status and existed, for each state before and each condition. */
    @ParameterizedTest
    @CsvSource({
        "ENTRY_THERE,          always, 2, 1",
        "ENTRY_THERE,          present, 2, 1",
        "ENTRY_THERE,          absent, 0, 1",
        "ENTRY_THERE,          is, 2, 1",
        "ENTRY_THERE,          is-other, 0, 1",
        "PLACEHOLDER,          always, 2, 0",
        "PLACEHOLDER,          present, 0, 0",
        "PLACEHOLDER,          is, 2, 0",
        "NOTHING,              always, 2, 0",
        "NOTHING,              present, 0, 0",
        "NOTHING,              is, 0, 0",
        "CLEARED,              always, 2, 0",
        "CLEARED,              present, 0, 0",
        "EXPIRED,              always, 2, 0",
        "EXPIRED,              present, 0, 0",
        "TOO_SHORT,            always, 2, 0",
        "NEWER_FORMAT,         present, 0, 0",
        "ANOTHER_TYPE,         always, 2, 0",
        "NO_META,              always, 2, 0",
        "NO_META,              present, 0, 0",
        "META_OF_ANOTHER_TYPE, is, 0, 0",
    })
    void remove_decidesByConditionAndState(Before before, String condition, long status, long existed) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            long from = bench.now();
            List<Object> reply = remove(bench, condition, "0", "", 0);
            assertThat(reply.subList(0, 2)).containsExactly(status, existed);
            if (status == 0) {
                assertThat(bench.state()).isEqualTo(state);
                assertThat(bench.messages()).isEmpty();
            } else {
                Version version = new Version((Long) reply.get(2), ME.nonce());
                assertThat(version.stamp()).isBetween(from, bench.now());
                assertThat(bench.life(ENTRY)).isEqualTo(-2);
                assertThat(bench.chain()).isEqualTo(version);
                assertThat(bench.messages())
                        .containsExactly(new Invalidation(0, CHAINED, version, Kind.ENTRIES, "c", List.of("k")));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"always, 1, true", "always, 0, false", "is-other, 0, true", "absent, 0, true"})
    void remove_bringsWhatItMet(String condition, String want, boolean brought) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            byte[] met = (byte[]) remove(bench, condition, want, "", 0).get(5);
            assertThat(met != null).isEqualTo(brought);
            assertThat(met == null || new String(Envelope.read(met).value(), UTF_8).equals("old"))
                    .isTrue();
        });
    }

    /** Its reply would hold up others: the caller is to read it in pieces, and comes again with its version. */
    @ParameterizedTest
    @CsvSource({"always, 2", "present, 2", "is, 2", "absent, 0", "is-other, 0"})
    void remove_thatWouldTellALargeEntry_changesNothingUntilItIsKnown(String condition, long status) {
        BENCHES.each(bench -> {
            bench.putLargeEntry();
            Map<String, String> state = bench.state();
            assertThat(remove(bench, condition, "1", "me", 60_000)).containsExactly(Wording.WITHHELD);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
            byte[] known = ScriptBench.bytes(ScriptBench.STORED);
            List<Object> reply = remove(bench, bench.inTime(), condition, "1", "me", 60_000, known);
            assertThat(reply.subList(0, 2)).containsExactly(status, 1L);
            assertThat(reply.get(5)).isEqualTo(known);
        });
    }

    @Test
    void remove_thatTakesAnyLength_bringsALargeEntry() {
        BENCHES.each(bench -> {
            bench.putLargeEntry();
            List<Object> reply = remove(bench, bench.inTime(), "always", "1", "", 0, "any");
            assertThat(reply.get(0)).isEqualTo(2L);
            assertThat((byte[]) reply.get(5)).hasSizeGreaterThan(Caution.LARGE);
        });
    }

    @Test
    void remove_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            assertThat(remove(bench, bench.now() - 1, "always", "0", "", 0).get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void remove_runAgain_isRecognised() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Object stamp = remove(bench, "is", "0", "", 0).get(2);
            bench.messages();
            assertThat(remove(bench, "is", "0", "", 0).subList(0, 3)).containsExactly(2L, 1L, stamp);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void remove_thatLosesAndAsksForTheLock_takesIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            remove(bench, "is-other", "0", "me", 60_000);
            assertThat(RespClient.text(bench.call("GET", LOCK))).isEqualTo("me");
        });
    }

    @ParameterizedTest
    @CsvSource({"always, '', 2", "present, '', -2", "is, you, -2", "is, me, 2", "is-other, you, 0"})
    void remove_ofALockedKey_honoursTheLock(String condition, String token, long status) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("SET", LOCK, "me", "PX", 60_000);
            assertThat(remove(bench, condition, "0", token, 0).get(0)).isEqualTo(status);
            assertThat(bench.call("EXISTS", LOCK)).isEqualTo(token.equals("me") ? 0L : 1L);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(status == 2 ? 0L : 1L);
        });
    }

    /** It lies above whatever the clear left alive. */
    @Test
    void remove_byAClockThatIsBehindTheLastClear_isMadeAboveIt() {
        BENCHES.each(bench -> {
            long ahead = bench.clearAhead();
            assertThat(remove(bench, "always", "0", "", 0).get(2)).isEqualTo(ahead + 1);
            assertThat(bench.chain()).isEqualTo(new Version(ahead + 1, ME.nonce()));
        });
    }

    @ParameterizedTest
    @CsvSource({"ENTRY_THERE", "NOTHING"})
    void remove_onAFullServer_removes(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(remove(bench, "always", "0", "", 0).get(0)).isEqualTo(2L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
            assertThat(bench.messages()).hasSize(1);
        });
    }
}
