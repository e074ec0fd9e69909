package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** lease.lua, renew.lua and release.lua. */
class LoadScriptsTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> lease(ScriptBench bench, long millis, Object unreadable) {
        return lease(bench, bench.inTime(), millis, unreadable);
    }

    private static List<Object> lease(ScriptBench bench, long notAfter, long millis, Object unreadable) {
        return bench.run(
                Script.LEASE,
                notAfter,
                List.of(ENTRY, META, CHAIN, TAGS),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                millis,
                Envelope.placeholderHead(),
                Envelope.placeholderTail(),
                unreadable);
    }

    private static List<Object> renew(ScriptBench bench, Version version, long millis) {
        return bench.run(Script.RENEW, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version), millis);
    }

    private static List<Object> release(ScriptBench bench, Version version) {
        return bench.run(Script.RELEASE, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version));
    }

    @ParameterizedTest
    @EnumSource(
            value = Before.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ENTRY_THERE", "PLACEHOLDER"})
    void lease_ofAMissingEntry_putsAPlaceholder(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            long from = bench.now();
            List<Object> reply = lease(bench, 60_000, "");
            assertThat(reply.get(0)).isEqualTo(1L);
            long stamp = (Long) reply.get(1);

            Envelope placeholder = bench.read(ENTRY);
            assertThat(placeholder.placeholder()).isTrue();
            assertThat(placeholder.version()).isEqualTo(new Version(stamp, ME.nonce()));
            assertThat(placeholder.expires()).isBetween(from + 60_000_000, bench.now() + 60_000_000);
            assertThat(bench.life(ENTRY)).isBetween(1L, 60_001L);
            if (before.hasMeta()) {
                assertThat(stamp)
                        .as("no clear of a server whose clock is behind lies below")
                        .isEqualTo(Math.max(CHAINED.stamp(), CLEARED_AT) + 1);
                assertThat(bench.chain()).isEqualTo(CHAINED);
                assertThat(bench.messages()).isEmpty();
            } else {
                Version clear = new Version(bench.clearedAt(), ME.nonce());
                assertThat(stamp).isGreaterThan(clear.stamp());
                assertThat(bench.chain()).isEqualTo(clear);
                assertThat(bench.messages())
                        .containsExactly(new Invalidation(0, CHAINED, clear, Kind.CLEAR, "c", List.of()));
            }
        });
    }

    @Test
    void lease_ofAnEntry_bringsIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            List<Object> reply = lease(bench, 60_000, "");
            assertThat(reply.get(0)).isEqualTo(2L);
            assertThat(new String(Envelope.read((byte[]) reply.get(1)).value(), UTF_8))
                    .isEqualTo("old");
            assertThat(reply.get(2))
                    .as("no invalidation of tags by a clock that is behind lies below")
                    .isEqualTo(CHAINED.stamp() + 1);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    /** The chain is lost, so that it does not tell of the last invalidation any more. */
    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void lease_afterAnInvalidationOfTags_beginsAboveIt(boolean entry, long status) {
        BENCHES.each(bench -> {
            long ahead = bench.now() + 3_600_000_000L;
            byte[] meta = ScriptBench.meta(CLEARED_AT);
            ByteBuffer.wrap(meta).putLong(9, ahead);
            bench.call("SET", META, meta);
            bench.call("DEL", CHAIN);
            if (entry) {
                bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "old"));
            }
            List<Object> reply = lease(bench, 60_000, "");
            assertThat(reply.get(0)).isEqualTo(status);
            assertThat(reply.get((int) status)).isEqualTo(ahead + 1);
        });
    }

    /** Others can read what the caller cannot, and hold copies: the placeholder takes its place like a write. */
    @Test
    void lease_ofAnEntryThatTheCallerCannotRead_putsAPlaceholderAndTellsIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            List<Object> reply = lease(bench, 60_000, ScriptBench.bytes(STORED));
            assertThat(reply.get(0)).isEqualTo(1L);
            Version placeholder = new Version((Long) reply.get(1), ME.nonce());
            assertThat(bench.read(ENTRY).placeholder()).isTrue();
            assertThat(bench.read(ENTRY).version()).isEqualTo(placeholder);
            assertThat(bench.chain()).isEqualTo(placeholder);
            assertThat(bench.messages())
                    .containsExactly(new Invalidation(0, CHAINED, placeholder, Kind.ENTRIES, "c", List.of("k")));

            assertThat(lease(bench, 60_000, ScriptBench.bytes(STORED))).containsExactly(1L, placeholder.stamp());
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** It was overwritten meanwhile: whether the caller can read what is there now it has to see. */
    @Test
    void lease_ofAnotherThanTheUnreadableEntry_bringsIt() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            assertThat(lease(bench, 60_000, ScriptBench.bytes(ScriptBench.OTHER))
                            .get(0))
                    .isEqualTo(2L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void lease_whileSomebodyLoads_namesThem() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.placeholder(STORED, bench.now() + 60_000_000));
            List<Object> reply = lease(bench, 60_000, "");
            assertThat(reply.get(0)).isEqualTo(0L);
            assertThat((Long) reply.get(1)).isBetween(1L, 60_000L);
            assertThat((byte[]) reply.get(2)).isEqualTo(ScriptBench.bytes(STORED));
        });
    }

    @Test
    void lease_runAgain_isRecognised() {
        BENCHES.each(bench -> {
            Object stamp = lease(bench, 60_000, "").get(1);
            assertThat(lease(bench, 60_000, "")).containsExactly(1L, stamp);
        });
    }

    /** The placeholder lies above every write so far, and a clear at that very instant lies not below it. */
    @Test
    void lease_stampsAboveTheChainWithoutMovingIt() {
        BENCHES.each(bench -> {
            Version future = new Version(bench.now() + 3_600_000_000L, 5);
            bench.call("SET", CHAIN, ScriptBench.bytes(future));
            assertThat(lease(bench, 60_000, "").get(1)).isEqualTo(future.stamp() + 1);
            assertThat(bench.chain()).isEqualTo(future);

            bench.run(Script.CLEAR, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), "1");
            assertThat(bench.clearedAt()).isEqualTo(future.stamp() + 1);
            assertThat(renew(bench, new Version(future.stamp() + 1, ME.nonce()), 60_000))
                    .containsExactly(0L);
        });
    }

    @Test
    void lease_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(lease(bench, bench.now() - 1, 60_000, "").get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void renew_ofOwnPlaceholder_prolongsIt() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.placeholder(STORED, bench.now() + 60_000_000), "PX", 60_000);
            long from = bench.now();
            assertThat(renew(bench, STORED, 600_000)).containsExactly(1L);
            assertThat(bench.life(ENTRY)).isBetween(540_000L, 600_000L);
            assertThat(bench.read(ENTRY).expires()).isBetween(from + 600_000_000, bench.now() + 600_000_000);
            assertThat(bench.read(ENTRY).version()).isEqualTo(STORED);
            assertThat(bench.messages()).isEmpty();
        });
    }

    /** Who has got no answer does not know the stamp. */
    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void release_byTheNonceAlone(boolean own, long status) {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            long nonce = own ? STORED.nonce() : STORED.nonce() + 1;
            assertThat(release(bench, new Version(Version.ANY_STAMP, nonce))).containsExactly(status);
            assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(1 - status);
        });
    }

    @Test
    void release_ofOwnPlaceholder_removesIt() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            assertThat(release(bench, STORED)).containsExactly(1L);
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"ENTRY_THERE", "NOTHING", "CLEARED", "EXPIRED", "TOO_SHORT", "ANOTHER_TYPE", "NO_META"})
    void renewAndRelease_ofWhatIsNoPlaceholder_doNothing(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(renew(bench, STORED, 60_000)).containsExactly(0L);
            assertThat(release(bench, STORED)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void renewAndRelease_ofAnothersPlaceholder_doNothing() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            Map<String, String> state = bench.state();
            assertThat(renew(bench, ScriptBench.OTHER, 60_000)).containsExactly(0L);
            assertThat(release(bench, ScriptBench.OTHER)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void renewAndRelease_onAFullServer_work() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.placeholder(STORED, bench.now() + 60_000_000), "PX", 60_000);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(renew(bench, STORED, 600_000)).containsExactly(1L);
                assertThat(release(bench, STORED)).containsExactly(1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
        });
    }
}
