package io.nearfar.far;

import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.Glob;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells all nodes of a pattern in some partitions of a cache: all are under way at once, and none is at the end. */
final class Announcement {
    private final PartitionCalls calls;
    private final byte[] pattern;

    Announcement(Calls calls, Names names, Glob pattern) {
        this.calls = new PartitionCalls(calls, names, Script.PATTERN);
        this.pattern = Wire.text(pattern.pattern());
    }

    /** Tells and returns the stamps of the messages, by partition. */
    Map<Integer, Long> tell(BitSet partitions, Unanswered<Integer> unanswered) {
        Map<Integer, Long> stamps = new LinkedHashMap<>();
        calls.run(partitions, (partition, arguments) -> arguments.add(pattern), unanswered)
                .forEach((partition, reply) -> stamps.put(partition, Numbers.of(reply, 1)));
        return stamps;
    }
}
