package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.OTHER;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts make of entries that are kept after their end; and fail.lua. */
class GraceScriptsTest {
    private static final long GRACE = 3_600_000;
    private static final int KEPT_AT = 38;

    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static List<Object> lease(ScriptBench bench) {
        return lease(bench, "");
    }

    private static List<Object> lease(ScriptBench bench, String longest) {
        return bench.run(
                Script.LEASE,
                List.of(ENTRY, META, CHAIN, TAGS),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                60_000,
                Envelope.placeholderHead(),
                Envelope.placeholderTail(),
                "",
                longest);
    }

    private static List<Object> fail(ScriptBench bench, Version version, long millis) {
        return bench.run(Script.FAIL, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version), millis);
    }

    private static byte[] ended(ScriptBench bench, String... tags) {
        byte[] entry = ScriptBench.graced(STORED, bench.now() - 1, GRACE, "old", tags);
        bench.call("SET", ENTRY, entry, "PX", GRACE);
        return entry;
    }

    private static Version granted(ScriptBench bench) {
        List<Object> reply = lease(bench);
        assertThat(reply.get(0)).isEqualTo(1L);
        return new Version((Long) reply.get(1), ME.nonce());
    }

    private static byte[] stored(ScriptBench bench) {
        return (byte[]) bench.call("GET", ENTRY);
    }

    /** Who has got no answer does not know the stamp. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fail_byTheNonceAlone(boolean own) {
        BENCHES.each(bench -> {
            byte[] old = ended(bench);
            granted(bench);
            long nonce = own ? ME.nonce() : ME.nonce() + 1;
            assertThat(fail(bench, new Version(Version.ANY_STAMP, nonce), 60_000))
                    .containsExactly(own ? 1L : 0L);
            List<Object> reply = lease(bench);
            assertThat(reply.get(0)).isEqualTo(own ? 4L : 1L);
            assertThat((byte[]) reply.get(own ? 1 : 2)).isEqualTo(old);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lease_ofWhatHasEnded_handsItOutAndKeepsIt(boolean tagged) {
        BENCHES.each(bench -> {
            byte[] old = tagged ? ended(bench, "red", "blue") : ended(bench);
            List<Object> reply = lease(bench);
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat((byte[]) reply.get(2)).isEqualTo(old);
            Version version = new Version((Long) reply.get(1), ME.nonce());

            Envelope placeholder = bench.read(ENTRY);
            assertThat(placeholder.placeholder()).isTrue();
            assertThat(placeholder.version()).isEqualTo(version);
            assertThat(placeholder.value()).isEmpty();
            byte[] whole = stored(bench);
            assertThat(Arrays.copyOfRange(whole, KEPT_AT, whole.length)).isEqualTo(old);
            assertThat(bench.life(ENTRY)).isBetween(GRACE - 60_000, GRACE + 1);
            assertThat(bench.chain()).isEqualTo(CHAINED);
            assertThat(bench.messages()).isEmpty();
            assertThat((byte[]) lease(bench).get(2)).as("run again").isEqualTo(old);
        });
    }

    /** A reply of megabytes would hold up others: it names the version of what lies there. */
    @Test
    void lease_ofALargeOneThatHasEnded_namesItAndKeepsIt() {
        BENCHES.each(bench -> {
            byte[] old = ScriptBench.graced(STORED, bench.now() - 1, GRACE, "x".repeat(1 << 20));
            bench.call("SET", ENTRY, old, "PX", GRACE);
            assertThat((byte[]) kept(bench, "").get(1)).isEqualTo(ScriptBench.bytes(STORED));
            assertThat((byte[]) kept(bench, "any").get(1)).isEqualTo(old);
            List<Object> reply = lease(bench);
            Version version = new Version((Long) reply.get(1), ME.nonce());
            assertThat((byte[]) reply.get(2)).isEqualTo(ScriptBench.bytes(version));
            assertThat((byte[]) lease(bench).get(2)).as("run again").isEqualTo(ScriptBench.bytes(version));
            assertThat((byte[]) lease(bench, "any").get(2)).isEqualTo(old);
            assertThat((byte[]) kept(bench, "").get(1)).isEqualTo(ScriptBench.bytes(version));
            byte[] whole = stored(bench);
            assertThat(Arrays.copyOfRange(whole, KEPT_AT, whole.length)).isEqualTo(old);

            fail(bench, version, 60_000);
            List<Object> rests = lease(bench);
            assertThat(rests.get(0)).isEqualTo(4L);
            assertThat((byte[]) rests.get(1)).isEqualTo((byte[]) rests.get(2));
            assertThat((byte[]) lease(bench, "any").get(1)).isEqualTo(old);
        });
    }

    private static List<Object> kept(ScriptBench bench, String longest) {
        return bench.run(Script.KEPT, List.of(ENTRY, META, TAGS), longest);
    }

    @Test
    void lease_ofAnother_isHeldAndHandsNothingOut() {
        BENCHES.each(bench -> {
            ended(bench);
            Version version = granted(bench);
            byte[] others = stored(bench);
            System.arraycopy(ScriptBench.bytes(OTHER), 0, others, 2, 16);
            bench.call("SET", ENTRY, others);
            assertThat(version).isNotEqualTo(OTHER);
            assertThat(lease(bench)).hasSize(3).first().isEqualTo(0L);
        });
    }

    /** A grace that is over, a stamp below the last clear, no meta, an end that is not there yet or never comes. */
    @ParameterizedTest
    @ValueSource(strings = {"over", "cleared", "no-meta", "endless", "short", "without"})
    void lease_ofWhatMayNotAnswer_handsNothingOut(String why) {
        BENCHES.each(bench -> {
            long now = bench.now();
            byte[] entry = switch (why) {
                case "over" -> ScriptBench.graced(STORED, now - 2_000_000, 1_999, "old");
                case "cleared" -> ScriptBench.graced(new Version(CLEARED_AT, 11), now - 1, GRACE, "old");
                case "endless" -> ScriptBench.graced(new Version(CLEARED_AT, 11), 0, GRACE, "old");
                case "short" -> Arrays.copyOf(ScriptBench.graced(STORED, now - 1, GRACE, "old"), 40);
                case "without" -> ScriptBench.entry(STORED, now - 1, "old");
                default -> ScriptBench.graced(STORED, now - 1, GRACE, "old");
            };
            bench.call("SET", ENTRY, entry);
            if (why.equals("no-meta")) {
                bench.call("DEL", META);
            }
            assertThat(lease(bench)).hasSize(2).first().isEqualTo(1L);
            assertThat(stored(bench)).hasSize(KEPT_AT);
            assertThat(bench.life(ENTRY)).isBetween(1L, 60_001L);
        });
    }

    @Test
    void renew_prolongsTheRightAndNothingElse() {
        BENCHES.each(bench -> {
            byte[] old = ended(bench);
            Version version = granted(bench);
            long from = bench.now();
            assertThat(bench.run(Script.RENEW, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version), 90_000))
                    .containsExactly(1L);
            assertThat(bench.read(ENTRY).expires()).isBetween(from + 90_000_000, bench.now() + 90_000_000);
            assertThat(bench.life(ENTRY)).isBetween(GRACE - 60_000, GRACE + 1);
            byte[] whole = stored(bench);
            assertThat(Arrays.copyOfRange(whole, KEPT_AT, whole.length)).isEqualTo(old);
        });
    }

    @Test
    void renew_beyondTheGrace_isAsLongAsTheRight() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() - 1, 90_000, "old"));
            Version version = granted(bench);
            bench.run(Script.RENEW, List.of(ENTRY, META, TAGS), ScriptBench.bytes(version), 600_000);
            assertThat(bench.life(ENTRY)).isBetween(540_000L, 600_001L);
        });
    }

    @Test
    void fail_lastsForItsTime_andSaysSoToWhoeverWouldLoad() {
        BENCHES.each(bench -> {
            byte[] old = ended(bench);
            Version version = granted(bench);
            long from = bench.now();
            assertThat(fail(bench, version, 60_000)).containsExactly(1L);
            Envelope resting = bench.read(ENTRY);
            assertThat(resting.placeholder()).isTrue();
            assertThat(resting.version()).isEqualTo(version);
            assertThat(resting.expires()).isBetween(from + 60_000_000, bench.now() + 60_000_000);
            assertThat(bench.life(ENTRY)).isBetween(GRACE - 60_000, GRACE + 1);
            assertThat(bench.messages()).isEmpty();

            Map<String, String> state = bench.state();
            List<Object> reply = lease(bench);
            assertThat(reply.get(0)).isEqualTo(4L);
            assertThat((byte[]) reply.get(1)).isEqualTo(old);
            assertThat((byte[]) reply.get(2)).isEqualTo(ScriptBench.bytes(version));
            assertThat(reply.get(3)).isEqualTo(CHAINED.stamp() + 1);
            assertThat(fail(bench, version, 60_000)).as("once").containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void fail_ofNoTime_letsTheNextLoad() {
        BENCHES.each(bench -> {
            byte[] old = ended(bench);
            for (int i = 0; i < 3; i++) {
                Version version = granted(bench);
                assertThat(fail(bench, version, 0)).containsExactly(1L);
            }
            assertThat((byte[]) lease(bench).get(2)).isEqualTo(old);
        });
    }

    @Test
    void fail_onAFullServer_leavesIt() {
        BENCHES.each(bench -> {
            ended(bench);
            Version version = granted(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                assertThat(fail(bench, version, 60_000)).containsExactly(1L);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(lease(bench).get(0)).isEqualTo(4L);
        });
    }

    @Test
    void fail_ofAPlaceholderThatKeepsNothing_givesTheRightBack() {
        BENCHES.each(bench -> {
            Before.PLACEHOLDER.put(bench);
            assertThat(fail(bench, STORED, 60_000)).containsExactly(0L);
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
        });
    }

    @Test
    void fail_afterTheGrace_givesTheRightBack() {
        BENCHES.each(bench -> {
            ended(bench);
            Version version = granted(bench);
            byte[] whole = stored(bench);
            byte[] over = ScriptBench.graced(STORED, bench.now() - 2_000_000, 1_999, "old");
            System.arraycopy(over, 0, whole, KEPT_AT, over.length);
            bench.call("SET", ENTRY, whole);
            assertThat(fail(bench, version, 60_000)).containsExactly(0L);
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Before.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACEHOLDER")
    void fail_withoutThePlaceholder_changesNothing(Before before) {
        BENCHES.each(bench -> {
            before.put(bench);
            Map<String, String> state = bench.state();
            assertThat(fail(bench, STORED, 60_000)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @Test
    void fail_ofAnothersPlaceholder_changesNothing() {
        BENCHES.each(bench -> {
            ended(bench);
            granted(bench);
            Map<String, String> state = bench.state();
            assertThat(fail(bench, OTHER, 60_000)).containsExactly(0L);
            assertThat(bench.state()).isEqualTo(state);
        });
    }

    @ParameterizedTest
    @CsvSource({"red, 0, false", "blue, 0, true", "red, 1, false", "blue, 1, true"})
    void invalidationOfATag_endsWhatIsKept(String tag, long when, boolean stays) {
        BENCHES.each(bench -> {
            ended(bench, "green", "red");
            Version version = granted(bench);
            if (when == 1) {
                fail(bench, version, 60_000);
            }
            bench.run(Script.TAG, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 100, "", tag);
            if (when == 0) {
                assertThat(fail(bench, version, 60_000)).containsExactly(stays ? 1L : 0L);
            }
            assertThat(lease(bench).get(0)).isEqualTo(stays ? 4L : 1L);
        });
    }

    private static void tag(ScriptBench bench, Object window, String tag) {
        bench.run(Script.TAG, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 100, window, tag);
    }

    /** It has ended when its tag was, and longer ago than it would answer while its key is loaded. */
    @Test
    void softInvalidationOfATag_endsTheLifeAndIsKept() {
        BENCHES.each(bench -> {
            byte[] live = ScriptBench.graced(STORED, bench.now() + 60_000_000, GRACE, "old", "green", "red");
            bench.call("SET", ENTRY, live);
            long from = bench.now();
            tag(bench, 1_000_000, "red");
            long until = bench.now();
            List<Object> kept = bench.run(Script.KEPT, List.of(ENTRY, META, TAGS), "");
            assertThat((Long) kept.get(2)).isBetween(from - 1_000_000, until - 1_000_000);
            List<Object> reply = lease(bench);
            assertThat(reply.get(0)).isEqualTo(1L);
            Envelope told = Envelope.read((byte[]) reply.get(2));
            assertThat(told.expires()).isEqualTo(kept.get(2));
            assertThat(told.version()).isEqualTo(STORED);
            assertThat((byte[]) kept.get(1)).isEqualTo((byte[]) reply.get(2));
            assertThat(bench.life(ENTRY)).isBetween(GRACE - 60_000, GRACE - 999);
        });
    }

    @ParameterizedTest
    @CsvSource({"before", "after", "both tags", "cleared", "lost", "over"})
    void softInvalidationOfATag_takesNoHardOneBack(String how) {
        BENCHES.each(bench -> {
            long grace = how.equals("over") ? 1_000 : GRACE;
            bench.call("SET", ENTRY, ScriptBench.graced(STORED, 0, grace, "old", "green", "red"));
            if (how.equals("before")) {
                tag(bench, "", "red");
            }
            tag(bench, how.equals("over") ? 1_000_000 : 0, "red");
            switch (how) {
                case "after" -> tag(bench, "", "red");
                case "both tags" -> tag(bench, "", "green");
                case "cleared" -> bench.run(Script.CLEAR, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 1);
                case "lost" -> bench.call("DEL", TAGS);
                default -> {}
            }
            assertThat(lease(bench)).hasSize(2).first().isEqualTo(1L);
        });
    }

    /** A load that began before stores nothing, and what its placeholder keeps is still there for the next one. */
    @Test
    void softInvalidationOfATag_leavesWhatAPlaceholderKeeps() {
        BENCHES.each(bench -> {
            bench.call("SET", ENTRY, ScriptBench.graced(STORED, bench.now() - 1, GRACE, "old", "red"), "PX", GRACE);
            Version version = granted(bench);
            tag(bench, 0, "red");
            assertThat(fail(bench, version, 60_000)).containsExactly(1L);
            assertThat(lease(bench).get(0)).isEqualTo(4L);
            tag(bench, "", "red");
            assertThat(lease(bench)).hasSize(2).first().isEqualTo(1L);
        });
    }

    /** The tag table is lost: nobody knows what was invalidated. */
    @Test
    void lostTagTable_endsWhatIsKept() {
        BENCHES.each(bench -> {
            ended(bench, "red");
            bench.run(Script.TAG, List.of(META, CHAIN, TAGS), CHANNEL, Wire.text("c"), 100, "", "blue");
            bench.call("DEL", TAGS);
            assertThat(lease(bench)).hasSize(2).first().isEqualTo(1L);
        });
    }

    @ParameterizedTest
    @CsvSource({"false, 100000", "true, 100000", "false, -1"})
    void write_isKeptForLifeAndGrace(boolean tagged, long lifetime) {
        BENCHES.each(bench -> {
            List<String> tags = tagged ? List.of("red", "blue") : List.of();
            Attributes attributes = Attributes.of(tags, 5, GRACE);
            long from = bench.now();
            List<Object> reply = bench.run(
                    Script.WRITE,
                    List.of(ENTRY, META, CHAIN, LOCK, TAGS),
                    CHANNEL,
                    Wire.text("c"),
                    Wire.text("k"),
                    "always",
                    lifetime,
                    lifetime,
                    "0",
                    "",
                    0,
                    Envelope.head(null, Compression.NONE, attributes),
                    Envelope.tail(null, Compression.NONE, "new".getBytes(UTF_8), attributes),
                    0);
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat(bench.read(ENTRY).attributes()).isEqualTo(attributes);
            if (lifetime < 0) {
                assertThat(bench.life(ENTRY)).isEqualTo(-1);
                return;
            }
            assertThat(bench.read(ENTRY).expires()).isBetween(from + lifetime * 1000, bench.now() + lifetime * 1000);
            assertThat(bench.life(ENTRY)).isBetween(lifetime + GRACE - 60_000, lifetime + GRACE + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"longer", "shorter", "all"})
    void touch_movesTheGraceAlong(String how) {
        BENCHES.each(bench -> {
            byte[] entry = ScriptBench.graced(STORED, bench.now() + 200_000_000, GRACE, "old", "red");
            bench.call("SET", ENTRY, entry, "PX", 200_000 + GRACE);
            long millis = how.equals("shorter") ? 100_000 : 400_000;
            if (how.equals("all")) {
                bench.run(
                        Script.TOUCH_ALL,
                        List.of(META, TAGS, ENTRY),
                        1,
                        ScriptBench.bytes(STORED),
                        bench.now() + millis * 1000);
            } else {
                bench.run(
                        Script.TOUCH,
                        List.of(ENTRY, META, CHAIN, TAGS),
                        CHANNEL,
                        Wire.text("c"),
                        Wire.text("k"),
                        ScriptBench.bytes(STORED),
                        millis);
            }
            assertThat(bench.life(ENTRY)).isBetween(millis + GRACE - 60_000, millis + GRACE + 1);
        });
    }
}
