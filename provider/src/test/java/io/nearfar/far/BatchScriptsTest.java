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

import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.invalidation.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** write_all.lua and remove_all.lua. */
class BatchScriptsTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final byte[] VALUE = "new".getBytes(UTF_8);
    private static final String OTHER_META = "{u}:m:c";
    private static final String OTHER_CHAIN = "{u}:chain";

    /** A call being put together. */
    private static final class Batch {
        private final List<String> keys = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>(List.of((Object) Wire.text("c")));

        Batch partition(String meta, String chain, String channel, int count) {
            keys.add(meta);
            keys.add(chain);
            keys.add(TAGS);
            arguments.add(channel);
            arguments.add(count);
            return this;
        }

        Batch here(int count) {
            return partition(META, CHAIN, CHANNEL, count);
        }

        Batch write(String entry, String text, String condition, int create, int update, String want) {
            key(entry, condition);
            arguments.addAll(List.of(create, update, want, Wire.text(text), Envelope.head(null)));
            arguments.add(Envelope.tail(null, VALUE));
            arguments.add(0);
            return this;
        }

        Batch remove(String entry, String text, String condition, String want) {
            key(entry, condition);
            arguments.addAll(List.of(want, Wire.text(text)));
            return this;
        }

        private void key(String entry, String condition) {
            keys.add(entry);
            Object argument = ScriptBench.condition(condition);
            if (argument instanceof byte[]) {
                keys.add(LOCK);
            }
            arguments.add(argument);
        }

        List<Object> run(ScriptBench bench, Script script) {
            return bench.run(script, keys, arguments.toArray());
        }

        List<Object> runLate(ScriptBench bench, Script script) {
            return bench.run(script, bench.now() - 1, keys, arguments.toArray());
        }
    }

    private static Version written(List<Object> reply, int item) {
        return new Version((Long) reply.get(2 + 5 * item + 2), ME.nonce());
    }

    /** One item among others decides as the script for one key does. */
    @ParameterizedTest
    @CsvSource({
        "ENTRY_THERE, always,   1, 1",
        "ENTRY_THERE, absent,   0, 1",
        "ENTRY_THERE, present,  1, 1",
        "ENTRY_THERE, is,       1, 1",
        "ENTRY_THERE, is-other, 0, 1",
        "PLACEHOLDER, absent,   1, 0",
        "PLACEHOLDER, is,       1, 0",
        "NOTHING,     always,   1, 0",
        "NOTHING,     present,  0, 0",
        "CLEARED,     absent,   1, 0",
        "EXPIRED,     present,  0, 0",
        "NO_META,     absent,   1, 0",
        "NO_META,     is,       0, 0",
    })
    void writeAll_decidesEachByConditionAndState(Before before, String condition, long status, long existed) {
        BENCHES.each(bench -> {
            before.put(bench);
            List<Object> reply = new Batch()
                    .here(3)
                    .write("{t}:e:c:a", "a", "always", -1, -1, "0")
                    .write(ENTRY, "k", condition, -1, -1, "0")
                    .write("{t}:e:c:z", "z", "always", -1, -1, "0")
                    .run(bench, Script.WRITE_ALL);
            assertThat(reply).hasSize(2 + 3 * 5);
            assertThat(reply.subList(7, 9)).containsExactly(status, existed);
            Version version = written(reply, 0);
            assertThat(written(reply, 2)).isEqualTo(version);
            assertThat(bench.chain()).isEqualTo(version);
            assertThat(bench.read("{t}:e:c:z").version()).isEqualTo(version);
            List<Invalidation> messages = bench.messages();
            assertThat(messages).hasSize(before.hasMeta() ? 1 : 2);
            Invalidation last = messages.get(messages.size() - 1);
            assertThat(last.version()).isEqualTo(version);
            assertThat(last.names()).isEqualTo(status == 0 ? List.of("a", "z") : List.of("a", "k", "z"));
            if (status == 1) {
                assertThat(bench.read(ENTRY))
                        .isEqualTo(new Envelope(false, version, (Long) reply.get(1), Entry.NEVER, null, VALUE));
            }
        });
    }

    @Test
    void writeAll_givesLifetimesAndBringsWhatItMet() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            List<Object> reply = new Batch()
                    .here(3)
                    .write("{t}:e:c:a", "a", "always", 600_000, -1, "1")
                    .write(ENTRY, "k", "always", 60_000, 10_000, "1")
                    .write("{t}:e:c:n", "n", "always", 0, 0, "0")
                    .run(bench, Script.WRITE_ALL);
            long now = (Long) reply.get(1);
            assertThat(reply.subList(2, 4)).containsExactly(1L, 0L);
            assertThat(reply.subList(5, 7)).containsExactly(now + 600_000_000, null);
            assertThat(reply.subList(7, 9)).containsExactly(1L, 1L);
            assertThat(reply.get(10)).isEqualTo(now + 10_000_000);
            assertThat(Envelope.read((byte[]) reply.get(11)).value()).isEqualTo("old".getBytes(UTF_8));
            assertThat(reply.subList(12, 14)).containsExactly(2L, 0L);
            assertThat(bench.life("{t}:e:c:a")).isBetween(540_000L, 600_001L);
            assertThat(bench.life("{t}:e:c:n")).isEqualTo(-2);
            assertThat(bench.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.names()).containsExactly("a", "k", "n"));
        });
    }

    @Test
    void writeAll_overPartitions_keepsThemApart() {
        BENCHES.each(bench -> {
            List<Object> reply = new Batch()
                    .here(1)
                    .write(ENTRY, "k", "always", -1, -1, "0")
                    .partition(OTHER_META, OTHER_CHAIN, "{u}:inv", 1)
                    .write("{u}:e:c:x", "x", "always", -1, -1, "0")
                    .run(bench, Script.WRITE_ALL);
            assertThat(bench.chain()).isEqualTo(written(reply, 0));
            assertThat(Numbers.version((byte[]) bench.call("GET", OTHER_CHAIN))).isEqualTo(written(reply, 1));
            assertThat(bench.call("EXISTS", OTHER_META)).isEqualTo(1L);
            assertThat(bench.read("{u}:e:c:x").version()).isEqualTo(written(reply, 1));
            assertThat(bench.messages()).hasSize(1);
        });
    }

    @Test
    void writeAll_ofNothingThatHolds_changesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            new Batch()
                    .here(2)
                    .write(ENTRY, "k", "absent", -1, -1, "0")
                    .write("{t}:e:c:a", "a", "present", -1, -1, "0")
                    .run(bench, Script.WRITE_ALL);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void writeAll_runAgain_isRecognised() {
        BENCHES.each(bench -> {
            Batch batch = new Batch().here(1).write(ENTRY, "k", "absent", -1, -1, "0");
            List<Object> first = batch.run(bench, Script.WRITE_ALL);
            bench.messages();
            List<Object> again = batch.run(bench, Script.WRITE_ALL);
            assertThat(again.subList(2, 7)).isEqualTo(first.subList(2, 7));
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void bothBatches_ofALockedKey_leaveItAndGoOn() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("SET", LOCK, "you", "PX", 60_000);
            List<Object> written = new Batch()
                    .here(2)
                    .write(ENTRY, "k", "is", -1, -1, "0")
                    .write("{t}:e:c:a", "a", "always", -1, -1, "0")
                    .run(bench, Script.WRITE_ALL);
            assertThat(written.get(2)).isEqualTo(-2L);
            assertThat(written.get(7)).isEqualTo(1L);
            List<Object> removed = new Batch()
                    .here(2)
                    .remove(ENTRY, "k", "is", "0")
                    .remove("{t}:e:c:a", "a", "always", "0")
                    .run(bench, Script.REMOVE_ALL);
            assertThat(removed.get(2)).isEqualTo(-2L);
            assertThat(removed.get(7)).isEqualTo(2L);
            assertThat(bench.read(ENTRY).version()).isEqualTo(ScriptBench.STORED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ENTRY_THERE, always,   2, 1",
        "ENTRY_THERE, present,  2, 1",
        "ENTRY_THERE, is,       2, 1",
        "ENTRY_THERE, is-other, 0, 1",
        "PLACEHOLDER, always,   2, 0",
        "PLACEHOLDER, present,  0, 0",
        "NOTHING,     always,   2, 0",
        "NOTHING,     is,       0, 0",
        "NO_META,     always,   2, 0",
        "NO_META,     present,  0, 0",
    })
    void removeAll_decidesEachByConditionAndState(Before before, String condition, long status, long existed) {
        BENCHES.each(bench -> {
            before.put(bench);
            List<Object> reply = new Batch()
                    .here(2)
                    .remove(ENTRY, "k", condition, "1")
                    .remove("{t}:e:c:z", "z", "always", "0")
                    .run(bench, Script.REMOVE_ALL);
            assertThat(reply.subList(2, 4)).containsExactly(status, existed);
            assertThat(reply.get(6) != null).isEqualTo(existed == 1);
            Version version = written(reply, 1);
            assertThat(bench.chain()).isEqualTo(version);
            assertThat(bench.messages())
                    .containsExactly(new Invalidation(
                            0, CHAINED, version, Kind.ENTRIES, "c", status == 2 ? List.of("k", "z") : List.of("z")));
            if (status == 2) {
                assertThat(bench.life(ENTRY)).isEqualTo(-2);
            }
        });
    }

    @Test
    void removeAll_onAFullServer_removes() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("CONFIG", "SET", "maxmemory", 1);
            try {
                new Batch().here(1).remove(ENTRY, "k", "always", "0").run(bench, Script.REMOVE_ALL);
            } finally {
                bench.call("CONFIG", "SET", "maxmemory", 0);
            }
            assertThat(bench.life(ENTRY)).isEqualTo(-2);
            assertThat(bench.messages()).hasSize(1);
        });
    }

    /** Else what is written would be dead at once. */
    @Test
    void bothBatches_byAClockThatIsBehindTheLastClear_areMadeAboveIt() {
        BENCHES.each(bench -> {
            long ahead = bench.clearAhead();
            Batch write = new Batch().here(1).write(ENTRY, "k", "always", -1, -1, "0");
            assertThat(write.run(bench, Script.WRITE_ALL).get(4)).isEqualTo(ahead + 1);
            Batch again = new Batch().here(1).write(ENTRY, "k", "present", -1, -1, "0");
            assertThat(again.run(bench, Script.WRITE_ALL).get(3)).as("lives").isEqualTo(1L);

            bench.call("DEL", CHAIN);
            Batch remove = new Batch().here(1).remove(ENTRY, "k", "always", "0");
            assertThat(remove.run(bench, Script.REMOVE_ALL).get(4)).isEqualTo(ahead + 1);
            assertThat(bench.chain()).isEqualTo(new Version(ahead + 1, ME.nonce()));
        });
    }

    @Test
    void bothBatches_afterTheirInstant_changeNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            assertThat(new Batch()
                            .here(1)
                            .write(ENTRY, "k", "always", -1, -1, "0")
                            .runLate(bench, Script.WRITE_ALL)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(new Batch()
                            .here(1)
                            .remove(ENTRY, "k", "always", "0")
                            .runLate(bench, Script.REMOVE_ALL)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }
}
