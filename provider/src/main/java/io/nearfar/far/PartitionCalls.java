package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One script about a cache in some of its partitions: all are under way at once, and none is at the end. */
final class PartitionCalls {
    private final Calls calls;
    private final Names names;
    private final Script script;

    /** Creates one for a script whose keys are meta, chain and tag table, and that is told channel and cache first. */
    PartitionCalls(Calls calls, Names names, Script script) {
        this.calls = calls;
        this.names = names;
        this.script = script;
    }

    /** What a script is told of a partition further. */
    interface Further {
        Arguments of(int partition, Arguments arguments);
    }

    /** Runs the script in these partitions and returns the replies; of the others {@code unanswered} is told. */
    Map<Integer, List<Object>> run(BitSet partitions, Further further, Unanswered<Integer> unanswered) {
        Map<Integer, ScriptCall> underWay = new LinkedHashMap<>();
        partitions.stream()
                .forEach(partition -> answered(
                        partition,
                        unanswered,
                        () -> underWay.put(
                                partition,
                                calls.script(script, partition, further.of(partition, arguments(partition))))));
        Map<Integer, List<Object>> replies = new LinkedHashMap<>();
        underWay.forEach(
                (partition, call) -> answered(partition, unanswered, () -> replies.put(partition, call.reply())));
        return replies;
    }

    private static void answered(int partition, Unanswered<Integer> unanswered, Runnable step) {
        try {
            step.run();
        } catch (FarTierUnavailableException e) {
            unanswered.tell(partition, e);
        }
    }

    private Arguments arguments(int partition) {
        return new Arguments()
                .key(names.meta(partition))
                .key(names.chain(partition))
                .key(names.tags(partition))
                .add(names.channel(partition))
                .add(names.wire());
    }
}
