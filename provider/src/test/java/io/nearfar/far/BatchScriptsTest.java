package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHAINED;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.TAGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
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

    private static RandomWrite write(String condition, int create, int update, String want) {
        return new RandomWrite(
                ScriptBench.condition(condition),
                String.valueOf(create),
                String.valueOf(update),
                want,
                Envelope.head(null),
                Envelope.tail(null, VALUE),
                0);
    }

    private static Batch here() {
        return new Batch().here();
    }

    private static Version written(List<Told> told, int item) {
        return new Version(told.get(item).stamp(), ME.nonce());
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
            List<Told> told = here().write("{t}:e:c:a", LOCK, "a", write("always", -1, -1, "0"))
                    .write(ENTRY, LOCK, "k", write(condition, -1, -1, "0"))
                    .write("{t}:e:c:z", LOCK, "z", write("always", -1, -1, "0"))
                    .run(bench, Script.WRITE_ALL);
            assertThat(told.get(1).status()).isEqualTo(status);
            assertThat(told.get(1).existed()).isEqualTo(existed == 1);
            Version version = written(told, 0);
            assertThat(written(told, 2)).isEqualTo(version);
            assertThat(bench.chain()).isEqualTo(version);
            assertThat(bench.read("{t}:e:c:z").version()).isEqualTo(version);
            List<Invalidation> messages = bench.messages();
            assertThat(messages).hasSize(before.hasMeta() ? 1 : 2);
            Invalidation last = messages.get(messages.size() - 1);
            assertThat(last.version()).isEqualTo(version);
            assertThat(last.names()).isEqualTo(status == 0 ? List.of("a", "z") : List.of("a", "k", "z"));
            if (status == 1) {
                assertThat(bench.read(ENTRY))
                        .isEqualTo(new Envelope(false, version, told.get(1).created(), Entry.NEVER, null, VALUE));
            }
        });
    }

    @Test
    void writeAll_givesLifetimesAndBringsWhatItMet() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            List<Told> told = here().write("{t}:e:c:a", LOCK, "a", write("always", 600_000, -1, "1"))
                    .write(ENTRY, LOCK, "k", write("always", 60_000, 10_000, "1"))
                    .write("{t}:e:c:n", LOCK, "n", write("always", 0, 0, "0"))
                    .run(bench, Script.WRITE_ALL);
            long now = told.get(0).created();
            long stamp = told.get(0).stamp();
            assertThat(told.get(0)).isEqualTo(new Told(1, false, stamp, now, now + 600_000_000, null));
            byte[] met = told.get(1).met();
            assertThat(told.get(1)).isEqualTo(new Told(1, true, stamp, now, now + 10_000_000, met));
            assertThat(Envelope.read(met).value()).isEqualTo("old".getBytes(UTF_8));
            assertThat(told.get(2)).isEqualTo(new Told(2, false, stamp, now, 0, null));
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
            List<Told> told = here().write(ENTRY, LOCK, "k", write("always", -1, -1, "0"))
                    .partition(OTHER_META, OTHER_CHAIN, TAGS, "{u}:inv")
                    .write("{u}:e:c:x", LOCK, "x", write("always", -1, -1, "0"))
                    .run(bench, Script.WRITE_ALL);
            assertThat(bench.chain()).isEqualTo(written(told, 0));
            assertThat(Numbers.version((byte[]) bench.call("GET", OTHER_CHAIN))).isEqualTo(written(told, 1));
            assertThat(bench.call("EXISTS", OTHER_META)).isEqualTo(1L);
            assertThat(bench.read("{u}:e:c:x").version()).isEqualTo(written(told, 1));
            assertThat(bench.messages()).hasSize(1);
        });
    }

    @Test
    void writeAll_ofNothingThatHolds_changesNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            here().write(ENTRY, LOCK, "k", write("absent", -1, -1, "0"))
                    .write("{t}:e:c:a", LOCK, "a", write("present", -1, -1, "0"))
                    .run(bench, Script.WRITE_ALL);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void writeAll_runAgain_isRecognised() {
        BENCHES.each(bench -> {
            Batch batch = here().write(ENTRY, LOCK, "k", write("absent", -1, -1, "0"));
            List<Told> first = batch.run(bench, Script.WRITE_ALL);
            bench.messages();
            List<Told> again = batch.run(bench, Script.WRITE_ALL);
            assertThat(again.get(0))
                    .usingRecursiveComparison()
                    .ignoringFields("created")
                    .isEqualTo(first.get(0));
            assertThat(bench.messages()).isEmpty();
        });
    }

    @Test
    void bothBatches_ofALockedKey_leaveItAndGoOn() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            bench.call("SET", LOCK, "you", "PX", 60_000);
            List<Told> written = here().write(ENTRY, LOCK, "k", write("is", -1, -1, "0"))
                    .write("{t}:e:c:a", LOCK, "a", write("always", -1, -1, "0"))
                    .run(bench, Script.WRITE_ALL);
            assertThat(written.get(0).status()).isEqualTo(-2);
            assertThat(written.get(1).status()).isEqualTo(1);
            List<Told> removed = here().remove(ENTRY, LOCK, "k", ScriptBench.condition("is"), "0")
                    .remove("{t}:e:c:a", LOCK, "a", "always", "0")
                    .run(bench, Script.REMOVE_ALL);
            assertThat(removed.get(0).status()).isEqualTo(-2);
            assertThat(removed.get(1).status()).isEqualTo(2);
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
            List<Told> told = here().remove(ENTRY, LOCK, "k", ScriptBench.condition(condition), "1")
                    .remove("{t}:e:c:z", LOCK, "z", "always", "0")
                    .run(bench, Script.REMOVE_ALL);
            assertThat(told.get(0).status()).isEqualTo(status);
            assertThat(told.get(0).existed()).isEqualTo(existed == 1);
            assertThat(told.get(0).met() != null).isEqualTo(existed == 1);
            Version version = written(told, 1);
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
                here().remove(ENTRY, LOCK, "k", "always", "0").run(bench, Script.REMOVE_ALL);
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
            Batch write = here().write(ENTRY, LOCK, "k", write("always", -1, -1, "0"));
            assertThat(write.run(bench, Script.WRITE_ALL).get(0).stamp()).isEqualTo(ahead + 1);
            Batch again = here().write(ENTRY, LOCK, "k", write("present", -1, -1, "0"));
            assertThat(again.run(bench, Script.WRITE_ALL).get(0).existed())
                    .as("lives")
                    .isTrue();

            bench.call("DEL", CHAIN);
            Batch remove = here().remove(ENTRY, LOCK, "k", "always", "0");
            assertThat(remove.run(bench, Script.REMOVE_ALL).get(0).stamp()).isEqualTo(ahead + 1);
            assertThat(bench.chain()).isEqualTo(new Version(ahead + 1, ME.nonce()));
        });
    }

    @Test
    void bothBatches_afterTheirInstant_changeNothing() {
        BENCHES.each(bench -> {
            Before.ENTRY_THERE.put(bench);
            Map<String, String> state = bench.state();
            assertThat(here().write(ENTRY, LOCK, "k", write("always", -1, -1, "0"))
                            .runLate(bench, Script.WRITE_ALL)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(here().remove(ENTRY, LOCK, "k", "always", "0")
                            .runLate(bench, Script.REMOVE_ALL)
                            .get(0))
                    .isEqualTo(-1L);
            assertThat(bench.state()).isEqualTo(state);
            assertThat(bench.messages()).isEmpty();
        });
    }
}
