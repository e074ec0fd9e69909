package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.Glob;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

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

    /** Likewise; partitions that do not answer for a moment are asked again. */
    Map<Integer, Long> tellPatiently(BitSet partitions, Unanswered<Integer> unanswered) {
        Map<Integer, Long> stamps = new LinkedHashMap<>();
        Supplier<Boolean> rest = () -> {
            FirstFailure failure = new FirstFailure();
            stamps.putAll(tell(without(partitions, stamps), failure::tell));
            failure.throwIfAny();
            return true;
        };
        try {
            Retries.pausing(Waiting::pause).answer(rest, rest);
        } catch (FarTierUnavailableException e) {
            without(partitions, stamps).stream().forEach(partition -> unanswered.tell(partition, e));
        }
        return stamps;
    }

    private static BitSet without(BitSet partitions, Map<Integer, Long> told) {
        BitSet rest = (BitSet) partitions.clone();
        told.keySet().forEach(rest::clear);
        return rest;
    }
}
