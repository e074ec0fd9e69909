package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.entry.Entry;
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

class WriteScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final List<String> KEYS = List.of(ENTRY, META, CHAIN, LOCK, TAGS);
    private static final String UPLOAD = "{t}:u";
    private static final byte[] VALUE = "new".getBytes(UTF_8);

    /** A write with the arguments that vary. */
    private record Write(
            Object condition, Object onCreate, Object onUpdate, String want, String token, int lockMillis) {
        static Write of(String condition) {
            return new Write(ScriptBench.condition(condition), -1, -1, "0", "", 0);
        }

        Write living(Object create, Object update) {
            return new Write(condition, create, update, want, token, lockMillis);
        }

        Write wanting() {
            return new Write(condition, onCreate, onUpdate, "1", token, lockMillis);
        }

        Write locking(String by, int millis) {
            return new Write(condition, onCreate, onUpdate, want, by, millis);
        }

        List<Object> run(ScriptBench bench) {
            return run(bench, bench.inTime());
        }

        List<Object> run(ScriptBench bench, long notAfter) {
            return run(bench, notAfter, "");
        }

        List<Object> runKnowing(ScriptBench bench, Object known) {
            return run(bench, bench.inTime(), known);
        }

        private List<Object> run(ScriptBench bench, long notAfter, Object known) {
            return bench.run(
                    Script.WRITE,
                    notAfter,
                    KEYS,
                    CHANNEL,
                    Wire.text("c"),
                    Wire.text("k"),
                    condition,
                    onCreate,
                    onUpdate,
                    want,
                    token,
                    lockMillis,
                    Envelope.head(null),
                    Envelope.tail(null, VALUE),
                    0,
                    known);
        }
    }

    /** Status and existed, for each state before and each condition. */
    @ParameterizedTest
    @CsvSource({
        "ENTRY_THERE,          always, 1, 1",
        "ENTRY_THERE,          absent, 0, 1",
        "ENTRY_THERE,          present, 1, 1",
        "ENTRY_THERE,          is, 1, 1",
        "ENTRY_THERE,          is-other, 0, 1",
        "PLACEHOLDER,          always, 1, 0",
        "PLACEHOLDER,          absent, 1, 0",
        "PLACEHOLDER,          present, 0, 0",
        "PLACEHOLDER,          is, 1, 0",
        "PLACEHOLDER,          is-other, 0, 0",
        "NOTHING,              always, 1, 0",
        "NOTHING,              absent, 1, 0",
        "NOTHING,              present, 0, 0",
        "NOTHING,              is, 0, 0",
        "CLEARED,              always, 1, 0",
        "CLEARED,              absent, 1, 0",
        "CLEARED,              present, 0, 0",
        "EXPIRED,              always, 1, 0",
        "EXPIRED,              absent, 1, 0",
        "EXPIRED,              present, 0, 0",
        "EXPIRED,              is, 0, 0",
        "TOO_SHORT,            always, 1, 0",
        "TOO_SHORT,            absent, 1, 0",
        "TOO_SHORT,            present, 0, 0",
        "NEWER_FORMAT,         absent, 1, 0",
        "ANOTHER_TYPE,         always, 1, 0",
        "ANOTHER_TYPE,         absent, 1, 0",
        "ANOTHER_TYPE,         is, 0, 0",
        "NO_META,              always, 1, 0",
        "NO_META,              absent, 1, 0",
        "NO_META,              present, 0, 0",
        "NO_META,              is, 0, 0",
        "META_OF_ANOTHER_TYPE, absent, 1, 0",
        "META_OF_ANOTHER_TYPE, present, 0, 0",
    })
    void write_decidesByConditionAndState(Before before, String condition, long status, long existed) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            long from = bench.now();
            List<Object> reply = Write.of(condition).run(bench);
            assertThat(reply.subList(0, 2)).containsExactly(status, existed);
            if (status == 0) {
                assertThat(bench.state()).isEqualTo(state);
                assertThat(bench.messages()).isEmpty();
            } else {
                assertWritten(bench, reply, from, before.hasMeta());
            }
        });
    }

    /** A large value was brought to a key beside the entry, which it then takes the place of. */
    @Test
    void upload_takesTheEntrysPlace() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            byte[] tail = Envelope.tail(null, VALUE);
            bench.call("SETRANGE", UPLOAD, 34, tail);
            bench.call("PEXPIRE", UPLOAD, 60_000);
            long from = bench.now();
            List<Object> reply = uploaded(bench, 34 + tail.length);
            assertThat(reply.subList(0, 2)).containsExactly(1L, 1L);
            assertWritten(bench, reply, from, true);
            assertThat(bench.call("EXISTS", UPLOAD)).isEqualTo(0L);
        });
    }

    @Test
    void upload_thatIsNotThereAnyMore_changesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            assertThat(uploaded(bench, 100)).containsExactly(-3L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    private static List<Object> uploaded(ScriptBench bench, int length) {
        return bench.run(
                Script.WRITE,
                List.of(ENTRY, META, CHAIN, LOCK, TAGS, UPLOAD),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                "always",
                -1,
                -1,
                "0",
                "",
                0,
                Envelope.head(null),
                length);
    }

    private static void assertWritten(ScriptBench bench, List<Object> reply, long from, boolean hadMeta) {
        Version version = new Version((Long) reply.get(2), ME.nonce());
        assertThat(version.stamp()).isBetween(from, bench.now());
        assertThat((Long) reply.get(3)).isBetween(from, version.stamp());
        assertThat(bench.read(ENTRY))
                .isEqualTo(new Envelope(false, version, (Long) reply.get(3), Entry.NEVER, null, VALUE));
        assertThat(bench.chain()).isEqualTo(version);
        assertThat(bench.life(ENTRY)).isEqualTo(-1);
        Invalidation write = new Invalidation(0, CHAINED, version, Kind.ENTRIES, "c", List.of("k"));
        if (hadMeta) {
            assertThat(bench.clearedAt()).isEqualTo(ScriptBench.CLEARED_AT);
            assertThat(bench.messages()).containsExactly(write);
        } else {
            Version clear = new Version(bench.clearedAt(), ME.nonce());
            assertThat(clear.stamp()).isEqualTo(version.stamp() - 1);
            assertThat(bench.messages())
                    .containsExactly(
                            new Invalidation(0, CHAINED, clear, Kind.CLEAR, "c", List.of()),
                            new Invalidation(0, clear, version, Kind.ENTRIES, "c", List.of("k")));
        }
    }

    /** Status, milliseconds that the entry has left (-1 no end, -2 not there). */
    @ParameterizedTest
    @CsvSource({
        "NOTHING,     600000, 100000, 1, 600000",
        "NOTHING,     -1,    100000, 1, -1",
        "NOTHING,     0,     100000, 2, -2",
        "PLACEHOLDER, 600000, 100000, 1, 600000",
        "PLACEHOLDER, 0,     100000, 2, -2",
        "ENTRY_THERE, 600000, 100000, 1, 100000",
        "ENTRY_THERE, 600000, -1,    1, -1",
        "ENTRY_THERE, 600000, 0,     2, -2",
        "ENTRY_THERE, 600000, -2,    1, -1",
    })
    void write_givesTheLifetimeOfWhatItMeets(Before before, String create, String update, long status, long life) {
        BENCHES.each(bench -> {
            before.put(bench);
            List<Object> reply = Write.of("always").living(create, update).run(bench);
            assertThat(reply.get(0)).isEqualTo(status);
            assertThat(bench.life(ENTRY)).isCloseTo(life, within(life < 0 ? 0L : 60_000L));
            long expires = life < 0 ? 0 : (Long) reply.get(3) + life * 1000;
            assertThat(reply.get(4)).isEqualTo(expires);
            assertThat(bench.messages()).hasSize(1);
            assertThat(bench.chain().stamp()).isEqualTo(reply.get(2));
        });
    }

    @Test
    void write_ofUnchangedLifetime_keepsTheExpiration() {
        BENCHES.each(bench -> {
            long expires = bench.now() + 300_000_000;
            bench.call("SET", ENTRY, ScriptBench.entry(STORED, expires, "old"), "PX", 300_000);
            List<Object> reply = Write.of("always").living(600_000, -2).run(bench);
            assertThat(reply.get(4)).isEqualTo(expires);
            assertThat(bench.read(ENTRY).expires()).isEqualTo(expires);
            assertThat(bench.life(ENTRY)).isBetween(240_000L, 300_001L);
        });
    }

    @Test
    void write_stampsAboveTheChainWhenTheClockIsBehind() {
        BENCHES.each(bench -> {
            long future = bench.now() + 3_600_000_000L;
            bench.call("SET", CHAIN, ScriptBench.bytes(new Version(future, 5)));
            assertThat(Write.of("always").run(bench).get(2)).isEqualTo(future + 1);
        });
    }

    /** Else it would be dead at once. */
    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 2"})
    void write_byAClockThatIsBehindTheLastClear_isMadeAboveIt(int lifetime, long status) {
        BENCHES.each(bench -> {
            long ahead = bench.clearAhead();
            List<Object> reply = Write.of("always").living(lifetime, lifetime).run(bench);
            assertThat(reply.subList(0, 3)).containsExactly(status, 0L, ahead + 1);
            assertThat(bench.chain()).isEqualTo(new Version(ahead + 1, ME.nonce()));
            assertThat(Write.of("present").run(bench).get(1)).as("lives").isEqualTo(2 - status);
        });
    }

    @Test
    void write_withoutChain_saysThatThePreviousIsMissing() {
        BENCHES.each(bench -> {
            bench.call("DEL", CHAIN);
            Write.of("always").run(bench);
            assertThat(bench.messages().get(0).previous()).isEqualTo(new Version(0, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "always, 1, old",
        "present, 1, old",
        "is, 1, old",
        "absent, 0, old",
        "is-other, 0, old",
    })
    void write_thatWantsIt_bringsWhatItMet(String condition, long status, String met) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            List<Object> reply = Write.of(condition).wanting().run(bench);
            assertThat(reply.get(0)).isEqualTo(status);
            assertThat(new String(Envelope.read((byte[]) reply.get(5)).value(), UTF_8))
                    .isEqualTo(met);
        });
    }

    @ParameterizedTest
    @CsvSource({"always, false", "present, false", "is, false", "is-other, true", "absent, true"})
    void write_thatDoesNotWantIt_bringsWhatItLostTo(String condition, boolean brought) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            assertThat(Write.of(condition).run(bench).get(5) != null).isEqualTo(brought);
        });
    }

    /** Its reply would hold up others: the caller is to read it in pieces, and comes again with its version. */
    @ParameterizedTest
    @CsvSource({"always, 1", "present, 1", "is, 1", "absent, 0", "is-other, 0"})
    void write_thatWouldTellALargeEntry_changesNothingUntilItIsKnown(String condition, long status) {
        BENCHES.each(bench -> {
            bench.putLargeEntry();
            Map<String, String> state = bench.state();
            Write write = Write.of(condition).wanting().locking("me", 60_000);
            assertThat(write.run(bench)).containsExactly(Wording.WITHHELD);
            assertThat(write.runKnowing(bench, ScriptBench.bytes(ScriptBench.OTHER)))
                    .containsExactly(Wording.WITHHELD);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
            List<Object> reply = write.runKnowing(bench, ScriptBench.bytes(STORED));
            assertThat(reply.subList(0, 2)).containsExactly(status, 1L);
            assertThat(reply.get(5)).isEqualTo(ScriptBench.bytes(STORED));
        });
    }

    /** For whoever does not get to the end of reading it, since it changes again and again. */
    @Test
    void write_thatTakesAnyLength_bringsALargeEntry() {
        BENCHES.each(bench -> {
            bench.putLargeEntry();
            List<Object> reply = Write.of("always").wanting().runKnowing(bench, "any");
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat((byte[]) reply.get(5)).hasSizeGreaterThan(Caution.LARGE);
        });
    }

    @Test
    void write_thatTellsNothingOfALargeEntry_isMade() {
        BENCHES.each(bench -> {
            bench.putLargeEntry();
            assertThat(Write.of("always").run(bench).get(0)).isEqualTo(1L);
        });
    }

    @Test
    void write_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            long from = bench.now();
            List<Object> reply = Write.of("always").run(bench, from - 1);
            assertThat(reply.get(0)).isEqualTo(-1L);
            assertThat((Long) reply.get(1)).isBetween(from, bench.now());
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** A call that ran twice tells its writer that it won, and does nothing more. */
    @ParameterizedTest
    @CsvSource({"absent, 0", "is, 1", "present, 1"})
    void write_runAgain_isRecognised(String condition, long existed) {
        BENCHES.each(bench -> {
            (condition.equals("absent") ? Before.NOTHING : Before.ENTRY_THERE).put(bench);
            List<Object> first = Write.of(condition).run(bench);
            Map<String, String> state = bench.state();
            bench.messages();
            List<Object> again = Write.of(condition).run(bench);
            assertThat(again.subList(0, 5)).isEqualTo(first.subList(0, 5)).startsWith(1L, existed);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void write_thatLosesAndAsksForTheLock_takesIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            assertThat(Write.of("is-other").locking("me", 60_000).run(bench).get(0))
                    .isEqualTo(0L);
            assertThat(RespClient.text(bench.call("GET", LOCK))).isEqualTo("me");
            assertThat(bench.life(LOCK)).isBetween(1L, 60_000L);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "always, '', 1",
        "is, '', -2",
        "absent, '', 0",
        "present, you, -2",
        "is, me, 1",
        "present, me, 1",
        "is-other, me, 0",
        "is-other, '', 0",
    })
    void write_ofALockedKey_honoursTheLock(String condition, String token, long status) {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("SET", LOCK, "me", "PX", 60_000);
            Map<String, String> state = bench.state();
            List<Object> reply = Write.of(condition).locking(token, 0).run(bench);
            assertThat(reply.get(0)).isEqualTo(status);
            boolean released = status == 1 && token.equals("me");
            assertThat(bench.call("EXISTS", LOCK)).isEqualTo(released ? 0L : 1L);
            if (status == -2) {
                assertThat((Long) reply.get(1)).isBetween(1L, 60_000L);
                assertThat(bench.state()).isEqualTo(state);
                assertThat(bench.messages()).isEmpty();
            }
        });
    }

    @Test
    void write_onAFullServer_isRefusedAndChangesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThatThrownBy(() -> Write.of("always").run(bench)).hasMessageContaining("OOM");
                assertThatThrownBy(() -> {
                            bench.call("DEL", META);
                            Write.of("always").run(bench);
                        })
                        .hasMessageContaining("OOM");
                assertThat(bench.call("EXISTS", META)).isEqualTo(0L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            state.remove(META);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** What nobody can live in is gone all the same: such a write is a removal, which a full server accepts. */
    @Test
    void write_withoutLifetimeOnAFullServer_removes() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(Write.of("always").living(0, 0).run(bench).get(0)).isEqualTo(2L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
        });
    }
}
