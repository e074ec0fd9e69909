package io.nearfar.far;

import static io.nearfar.far.ScriptBench.CHAIN;
import static io.nearfar.far.ScriptBench.CHANNEL;
import static io.nearfar.far.ScriptBench.ENTRY;
import static io.nearfar.far.ScriptBench.LOCK;
import static io.nearfar.far.ScriptBench.ME;
import static io.nearfar.far.ScriptBench.META;
import static io.nearfar.far.ScriptBench.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.invalidation.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The plain cases of writes, beside the functions that make all others, on random states: plain_write.lua does what write.lua does,
 * or nothing; write_all.lua does the same with its function for plain keys and without.
 */
class PlainWriteTest {
    @RegisterExtension
    static final ScriptBenches BENCHES = new ScriptBenches();

    private static final int CASES = 2_000;
    private static final int BATCHES = 1_000;
    private static final String ENDS_SOON = ":x:";
    private static final String UPLOAD = "{t}:u";
    private static final List<Object> LEFT = List.of("-9");

    /** The first part of the script, up to where it has left the call to the others. */
    private static final String PLAIN = ScriptTrace.text("clock") + ScriptTrace.text("plain_write") + "\nreturn {-9}";

    /** All but that part. */
    private static final String GENERAL = composed(ScriptTrace.text("write"));

    private static final String BATCH_PLAIN = "local plain = not audience and not expecting";

    private static String composed(String script) {
        return ScriptTrace.text("clock") + new Prelude(ScriptTrace.text("prelude")).before(script);
    }

    @Test
    void plainWrite_doesWhatTheOthersDo_orNothing() {
        BENCHES.each(bench -> {
            int plain = 0;
            for (int seed = 0; seed < CASES; seed++) {
                plain += isPlain(bench, seed) ? 1 : 0;
            }
            assertThat(plain).as("cases of both kinds").isBetween(CASES / 10, CASES * 9 / 10);
        });
    }

    private static boolean isPlain(ScriptBench bench, int seed) {
        Outcome plain = outcome(bench, seed, PLAIN);
        if (plain.trace.reply().equals(LEFT)) {
            assertThat(plain.trace.changes()).as("seed " + seed).isEmpty();
            return false;
        }
        assertThat(plain).as("seed " + seed).usingRecursiveComparison().isEqualTo(outcome(bench, seed, GENERAL));
        return true;
    }

    @Test
    void writeAll_doesTheSameWithoutThePlainCase() {
        String some = ScriptTrace.text("many") + "\n" + ScriptTrace.text("write_all");
        String none = some.replace(BATCH_PLAIN, "local plain = false");
        assertThat(none).as("without the plain case").isNotEqualTo(some);
        BENCHES.each(bench -> {
            for (int seed = 0; seed < BATCHES; seed++) {
                assertThat(batch(bench, seed, composed(some)))
                        .as("seed " + seed)
                        .usingRecursiveComparison()
                        .isEqualTo(batch(bench, seed, composed(none)));
            }
        });
    }

    /** What a script did, and what stands there afterwards. */
    private record Outcome(ScriptTrace trace, Map<String, String> state) {
        static Outcome of(ScriptBench bench, ScriptTrace trace) {
            Map<String, String> state = bench.state();
            state.keySet().removeIf(key -> key.contains(ENDS_SOON)); // in real time, which is not the script's
            return new Outcome(trace, state);
        }
    }

    private static Outcome outcome(ScriptBench bench, int seed, String script) {
        Random random = new Random(seed);
        bench.reset();
        RandomPartition partition = new RandomPartition(random);
        partition.put(bench, META, CHAIN, TAGS, LOCK);
        partition.putEntry(bench, ENTRY);
        RandomWrite write = partition.write();
        List<String> keys = new ArrayList<>(List.of(ENTRY, META, CHAIN, LOCK, TAGS));
        Object body = write.tail();
        if (random.nextInt(20) == 0) {
            body = partition.upload(bench, UPLOAD, write);
            keys.add(UPLOAD);
        }
        ScriptTrace trace = ScriptTrace.of(
                bench,
                script,
                partition.now(),
                keys,
                Numbers.bytes(ME.nonce()),
                partition.publish(),
                CHANNEL,
                Wire.text("c"),
                Wire.text("k"),
                write.condition(),
                write.onCreate(),
                write.onUpdate(),
                write.want(),
                partition.oneOf("", "me"),
                partition.oneOf("0", "60000"),
                write.head(),
                body,
                write.since(),
                partition.oneOf("", "any", partition.version()));
        return Outcome.of(bench, trace);
    }

    private static Outcome batch(ScriptBench bench, int seed, String script) {
        Random random = new Random(seed);
        bench.reset();
        RandomPartition first = new RandomPartition(random);
        Batch batch = new Batch();
        for (String tag : List.of("{t}", "{u}", "{v}").subList(0, 1 + random.nextInt(3))) {
            RandomPartition partition = new RandomPartition(random);
            partition.put(bench, tag + META, tag + CHAIN, tag + TAGS, tag + LOCK);
            batch.partition(tag + META, tag + CHAIN, tag + TAGS, tag + CHANNEL);
            RandomWrite write = partition.write();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String key = tag + ENTRY + i;
                partition.putEntry(bench, key);
                batch.write(key, tag + LOCK, "k" + i, write);
                write = random.nextBoolean() ? write : partition.write(); // each other as the one before it
            }
        }
        List<Object> arguments = new ArrayList<>(List.of(Numbers.bytes(ME.nonce()), first.publish()));
        arguments.addAll(List.of(batch.arguments(Script.WRITE_ALL)));
        ScriptTrace trace = ScriptTrace.of(bench, script, first.now(), batch.keys(), arguments.toArray());
        return Outcome.of(bench, trace);
    }
}
