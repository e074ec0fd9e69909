package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;

/** What is left when those of which the far tier says nothing are taken away. */
final class Answering {
    private Answering() {}

    static <K> Collection<? extends K> among(
            Collection<? extends K> keys, Map<K, FarTierUnavailableException> failures) {
        return failures.isEmpty()
                ? keys
                : keys.stream().filter(key -> !failures.containsKey(key)).toList();
    }

    static BitSet partitions(Map<Integer, FarTierUnavailableException> failures) {
        BitSet answering = DirtyPartitions.all();
        failures.keySet().forEach(answering::clear);
        return answering;
    }
}
