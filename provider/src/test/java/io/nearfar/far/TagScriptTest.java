package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.CLEARED_AT;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.STORED;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import io.nearfar.testing.RespClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tag.lua, and what the tag table means to the other scripts. */
class TagScriptTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final long BEFORE = 1_500_000;

    private static List<Object> tag(ScriptBench bench, String... tags) {
        return tag(bench, bench.inTime(), 100, tags);
    }

    private static List<Object> tag(ScriptBench bench, long notAfter, int most, String... tags) {
        List<Object> arguments = new ArrayList<>(List.of(CHANNEL, Wire.text("c"), most, ""));
        arguments.addAll(List.of(tags));
        return bench.run(Script.TAG, notAfter, List.of(META, CHAIN, TAGS), arguments.toArray());
    }

    private static long soften(ScriptBench bench, long window, String... tags) {
        List<Object> arguments = new ArrayList<>(List.of(CHANNEL, Wire.text("c"), 100, window));
        arguments.addAll(List.of(tags));
        return (Long) bench.run(Script.TAG, List.of(META, CHAIN, TAGS), arguments.toArray())
                .get(1);
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static void putMeta(ScriptBench bench, long tagged, long floor) {
        bench.call(
                "SET",
                META,
                ByteBuffer.allocate(25)
                        .put((byte) 1)
                        .putLong(CLEARED_AT)
                        .putLong(tagged)
                        .putLong(floor)
                        .array());
    }

    private static void putSelf(ScriptBench bench, long tagged, long floor) {
        bench.call(
                "HSET",
                TAGS,
                "",
                ByteBuffer.allocate(16).putLong(tagged).putLong(floor).array());
    }

    private static Meta meta(ScriptBench bench) {
        return Meta.read((byte[]) bench.call("GET", META));
    }

    private static Map<String, List<Long>> table(ScriptBench bench) {
        Map<String, List<Long>> table = new TreeMap<>();
        List<Object> all = ScriptBench.list(bench.call("HGETALL", TAGS));
        for (int i = 0; i < all.size(); i += 2) {
            ByteBuffer stamps = ByteBuffer.wrap((byte[]) all.get(i + 1));
            List<Long> numbers = new ArrayList<>();
            while (stamps.hasRemaining()) {
                numbers.add(stamps.getLong());
            }
            table.put(RespClient.text(all.get(i)), numbers);
        }
        return table;
    }

    @Test
    void tag_writesTableAndMetaAndChain_andTellsOnce() {
        BENCHES.each(bench -> {
            long from = bench.now();
            List<Object> reply = tag(bench, "a", "é");
            long stamp = (Long) reply.get(1);
            assertThat(reply.get(0)).isEqualTo(1L);
            assertThat(stamp).isBetween(from, bench.now());
            assertThat(meta(bench)).isEqualTo(new Meta(CLEARED_AT, stamp, 0));
            assertThat(table(bench))
                    .isEqualTo(Map.of("", List.of(stamp, 0L), "a", List.of(stamp), "é", List.of(stamp)));
            assertThat(bench.chain()).isEqualTo(new Version(stamp, ME.nonce()));
            assertThat(bench.messages())
                    .containsExactly(new Invalidation(
                            0, CHAINED, new Version(stamp, ME.nonce()), Kind.TAGS, "c", List.of("a", "é")));
        });
    }

    /** The table remembers the last hard one beside it, for that is not taken back. */
    @Test
    void softTag_isToldAsAny_andLeavesTheHardOne() {
        BENCHES.each(bench -> {
            long from = bench.now();
            long first = soften(bench, 1_000, "a");
            assertThat(table(bench).get("a").subList(0, 2)).containsExactly(first, 0L);
            assertThat(table(bench).get("a").get(2)).isBetween(from - 1_000, bench.now() - 1_000);
            assertThat(meta(bench).tagStamp()).isEqualTo(first);
            assertThat(bench.messages())
                    .containsExactly(
                            new Invalidation(0, CHAINED, new Version(first, ME.nonce()), Kind.TAGS, "c", List.of("a")));
            long hard = (Long) tag(bench, "a").get(1);
            assertThat(table(bench)).containsEntry("a", List.of(hard));
            for (int i = 0; i < 2; i++) {
                long later = soften(bench, 0, "a");
                assertThat(table(bench).get("a").subList(0, 2)).containsExactly(later, hard);
            }
        });
    }

    /** Whatever lies in the place of a stamp may have been a hard invalidation. */
    @Test
    void softTag_overGarbage_isAHardOne() {
        BENCHES.each(bench -> {
            tag(bench, "b");
            bench.call("HSET", TAGS, "a", "garbage");
            long stamp = soften(bench, 0, "a");
            assertThat(table(bench).get("a").subList(0, 2)).containsExactly(stamp, stamp);
        });
    }

    @Test
    void tag_again_keepsWhatTheTableKnows() {
        BENCHES.each(bench -> {
            long first = (Long) tag(bench, "a", "b").get(1);
            long second = (Long) tag(bench, "b", "c").get(1);
            assertThat(second).isGreaterThan(first);
            assertThat(meta(bench)).isEqualTo(new Meta(CLEARED_AT, second, 0));
            assertThat(table(bench))
                    .containsEntry("a", List.of(first))
                    .containsEntry("b", List.of(second))
                    .containsEntry("c", List.of(second));
        });
    }

    /** What the table knew is lost with it, so all that it may have killed stays dead. */
    @ParameterizedTest
    @ValueSource(strings = {"missing", "another", "text"})
    void tag_whoseTableIsLost_raisesTheFloor(String state) {
        BENCHES.each(bench -> {
            putMeta(bench, BEFORE, 7);
            if (state.equals("another")) {
                putSelf(bench, BEFORE - 1, 7);
                bench.call("HSET", TAGS, "x", number(BEFORE - 1));
            } else if (state.equals("text")) {
                bench.call("SET", TAGS, "no table");
            }
            long stamp = (Long) tag(bench, "a").get(1);
            assertThat(meta(bench)).isEqualTo(new Meta(CLEARED_AT, stamp, BEFORE));
            assertThat(table(bench)).isEqualTo(Map.of("", List.of(stamp, BEFORE), "a", List.of(stamp)));
        });
    }

    @Test
    void tag_withoutMeta_clears() {
        BENCHES.each(bench -> {
            bench.call("DEL", META);
            putSelf(bench, BEFORE, 0);
            long stamp = (Long) tag(bench, "a").get(1);
            assertThat(meta(bench)).isEqualTo(new Meta(stamp, 0, 0));
            assertThat(table(bench)).isEmpty();
            assertThat(bench.messages()).extracting(Invalidation::kind).containsExactly(Kind.CLEAR);
        });
    }

    @Test
    void tag_beyondTheBound_forgetsTheOlderHalfAndRaisesTheFloor() {
        BENCHES.each(bench -> {
            List<Long> stamps = new ArrayList<>();
            for (int i = 0; i <= 10; i++) {
                stamps.add((Long) tag(bench, bench.inTime(), 10, "t" + i).get(1));
            }
            long floor = stamps.get(5);
            assertThat(meta(bench)).isEqualTo(new Meta(CLEARED_AT, stamps.get(10), floor));
            assertThat(table(bench)).containsOnlyKeys("", "t6", "t7", "t8", "t9", "t10");
            assertThat(table(bench)).containsEntry("", List.of(stamps.get(10), floor));
        });
    }

    @Test
    void tag_ofMoreThanTheBound_killsWhateverHasTags() {
        BENCHES.each(bench -> {
            long stamp = (Long) tag(bench, bench.inTime(), 2, "a", "b", "c").get(1);
            assertThat(meta(bench)).isEqualTo(new Meta(CLEARED_AT, stamp, stamp));
            assertThat(table(bench)).containsOnlyKeys("");
        });
    }

    /** Another server was the master then, and the chain was lost with it: loads that had begun are older all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tag_byAClockThatIsBehind_isMadeAboveTheLast(boolean afterAClear) {
        BENCHES.each(bench -> {
            long ahead = bench.now() + 3_600_000_000L;
            putMeta(bench, ahead, 0);
            if (afterAClear) {
                bench.call("SET", META, ScriptBench.meta(ahead));
            }
            bench.call("DEL", CHAIN);
            assertThat(tag(bench, "a")).containsExactly(1L, ahead + 1);
            assertThat(meta(bench).tagStamp()).isEqualTo(ahead + 1);
        });
    }

    @Test
    void tag_afterItsInstant_changesNothing() {
        BENCHES.each(bench -> {
            Map<String, String> state = bench.state();
            assertThat(tag(bench, bench.now() - 1, 100, "a").get(0)).isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void tag_onAFullServer_works() {
        BENCHES.each(bench -> {
            bench.call("CONFIG", "SET", "maxmemory", "1");
            try {
                long stamp = (Long) tag(bench, "a").get(1);
                assertThat(meta(bench).tagStamp()).isEqualTo(stamp);
                assertThat(table(bench)).containsEntry("a", List.of(stamp));
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", "0");
            }
        });
    }

    // ---- what other scripts make of it

    private static byte[] tagged(String... tags) {
        return tagged(Attributes.of(List.of(tags), Attributes.AS_CONFIGURED));
    }

    private static byte[] tagged(Attributes attributes) {
        return new Envelope(
                        false, STORED, 77, Long.MAX_VALUE, null, Compression.NONE, "old".getBytes(UTF_8), attributes)
                .bytes();
    }

    /** Puts what a column says in its place, with an entry tagged a and b. */
    private static void put(ScriptBench bench, String state) {
        bench.call("DEL", TAGS);
        bench.call("SET", CHAIN, ScriptBench.bytes(CHAINED));
        bench.call("SET", ENTRY, tagged("a", "b"));
        putMeta(bench, BEFORE, state.equals("at-the-floor") ? STORED.stamp() : 0);
        putSelf(bench, state.equals("of-another-meta") ? BEFORE - 1 : BEFORE, 0);
        switch (state) {
            case "untouched" -> bench.call("HSET", TAGS, "c", number(BEFORE));
            case "older" -> bench.call("HSET", TAGS, "b", number(STORED.stamp() - 1));
            case "newer" -> bench.call("HSET", TAGS, "b", number(STORED.stamp() + 1));
            case "odd-stamp" -> bench.call("HSET", TAGS, "b", "?");
            case "lost" -> bench.call("DEL", TAGS);
            case "text" -> {
                bench.call("DEL", TAGS);
                bench.call("SET", TAGS, "no table");
            }
            case "other-tags" -> {
                bench.call("SET", ENTRY, tagged("x"));
                bench.call("HSET", TAGS, "b", number(BEFORE));
            }
            case "no-tags" -> {
                bench.call("SET", ENTRY, tagged(Attributes.of(List.of(), 5)));
                bench.call("DEL", TAGS);
            }
            case "garbage" -> bench.call("SETRANGE", ENTRY, 38, "\u007f\u007f");
            default -> {}
        }
    }

    @ParameterizedTest
    @CsvSource({
        "untouched, true",
        "older, true",
        "newer, false",
        "odd-stamp, false",
        "lost, false",
        "text, false",
        "of-another-meta, false",
        "at-the-floor, false",
        "other-tags, true",
        "no-tags, true",
        "garbage, false",
    })
    void everyScript_agreesOnWhatTheTableLeavesAlive(String state, boolean live) {
        BENCHES.each(bench -> {
            Object is = ScriptBench.bytes(STORED);
            put(bench, state);
            assertThat(touched(bench, is)).isEqualTo(live ? 1L : 0L);
            put(bench, state);
            assertThat(extended(bench, is)).isEqualTo(live ? 1L : 0L);
            put(bench, state);
            assertThat(leased(bench)).isEqualTo(live ? 2L : 1L);
            put(bench, state);
            assertThat(write(bench, "present", 0)).containsExactly(live ? 1L : 0L, live ? 1L : 0L);
            put(bench, state);
            assertThat(write(bench, "absent", 0)).containsExactly(live ? 0L : 1L, live ? 1L : 0L);
            put(bench, state);
            assertThat(write(bench, is, 0).get(0)).isEqualTo(live ? 1L : 0L);
            put(bench, state);
            assertThat(writeMany(bench, "present", 0)).containsExactly(live ? 1L : 0L, live ? 1L : 0L);
            put(bench, state);
            assertThat(removed(bench)).containsExactly(2L, live ? 1L : 0L);
            put(bench, state);
            assertThat(removedMany(bench)).containsExactly(2L, live ? 1L : 0L);
        });
    }

    private static long touched(ScriptBench bench, Object version) {
        return (Long) bench.run(
                        Script.TOUCH,
                        List.of(ENTRY, META, CHAIN, TAGS),
                        CHANNEL,
                        Wire.text("c"),
                        Wire.text("k"),
                        version,
                        60_000)
                .get(0);
    }

    private static long extended(ScriptBench bench, Object version) {
        return (Long) bench.run(Script.TOUCH_ALL, List.of(META, TAGS, ENTRY), 1, version, 0)
                .get(1);
    }

    private static long leased(ScriptBench bench) {
        return (Long) bench.run(
                        Script.LEASE,
                        List.of(ENTRY, META, CHAIN, TAGS),
                        CHANNEL,
                        Wire.text("c"),
                        Wire.text("k"),
                        60_000,
                        Envelope.placeholderHead(),
                        Envelope.placeholderTail(),
                        "")
                .get(0);
    }

    private static final Attributes A = Attributes.of(List.of("a"), Attributes.AS_CONFIGURED);
    private static final byte[] NEW = Envelope.tail(null, Compression.NONE, "new".getBytes(UTF_8), A);

    private static List<Object> write(ScriptBench bench, Object condition, long since) {
        return bench.run(
                        Script.WRITE,
                        List.of(ENTRY, META, CHAIN, LOCK, TAGS),
                        CHANNEL,
                        Wire.text("c"),
                        Wire.text("k"),
                        condition,
                        -1,
                        -1,
                        "0",
                        "",
                        0,
                        Envelope.head(null, Compression.NONE, A),
                        NEW,
                        since)
                .subList(0, 2);
    }

    private static List<Object> writeMany(ScriptBench bench, Object condition, long since) {
        byte[] head = Envelope.head(null, Compression.NONE, A);
        RandomWrite write = new RandomWrite(condition, "-1", "-1", "0", head, NEW, since);
        return of(new Batch().here().write(ENTRY, LOCK, "k", write).run(bench, Script.WRITE_ALL));
    }

    /** Returns status and whether it existed, as the script for one key tells them. */
    private static List<Object> of(List<Told> told) {
        return List.of(told.get(0).status(), told.get(0).existed() ? 1L : 0L);
    }

    private static List<Object> removed(ScriptBench bench) {
        return bench.run(
                        Script.REMOVE,
                        List.of(ENTRY, META, CHAIN, LOCK, TAGS),
                        CHANNEL,
                        Wire.text("c"),
                        Wire.text("k"),
                        "always",
                        "0",
                        "",
                        0)
                .subList(0, 2);
    }

    private static List<Object> removedMany(ScriptBench bench) {
        return of(new Batch().here().remove(ENTRY, LOCK, "k", "always", "0").run(bench, Script.REMOVE_ALL));
    }

    /** A value made up before one of its tags was invalidated is not stored, and takes away what was there. */
    @ParameterizedTest
    @CsvSource({
        "a, 1000, 1, 2",
        "a, 1000, 0, 2",
        "a, 1000, -1, 1",
        "b, 1000, 1, 1",
        "a, 0, 1, 1",
    })
    void write_ofALoad_looksAtTheTagsSinceItBegan(String invalidated, long since, long later, long status) {
        BENCHES.each(bench -> {
            long begun = since == 0 ? 0 : BEFORE + since;
            long stamp = BEFORE + since + later;
            for (boolean many : new boolean[] {false, true}) {
                bench.call("SET", ENTRY, ScriptBench.entry(STORED, 0, "old"));
                bench.call("DEL", TAGS);
                putMeta(bench, stamp, 0);
                putSelf(bench, stamp, 0);
                bench.call("HSET", TAGS, invalidated, number(stamp));
                List<Object> reply = many ? writeMany(bench, "always", begun) : write(bench, "always", begun);
                assertThat(reply).containsExactly(status, 1L);
                assertThat(bench.call("EXISTS", ENTRY)).isEqualTo(status == 1 ? 1L : 0L);
            }
        });
    }
}
