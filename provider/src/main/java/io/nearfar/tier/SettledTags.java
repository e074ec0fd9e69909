package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Ending;
import io.nearfar.far.FarEntries;
import io.nearfar.tier.DirtyTags.Due;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the invalidations of tags that were noted in an outage. */
final class SettledTags {
    private final FarEntries<?, ?> far;
    private final DirtyTags tags;
    private final SettlingCounts counts;

    SettledTags(FarEntries<?, ?> far, DirtyTags tags, SettlingCounts counts) {
        this.far = far;
        this.tags = tags;
        this.counts = counts;
    }

    /**
     * Makes what is due in these partitions, and adds those in which it could not be made to {@code left}. However many
     * invalidations have come together, each partition is asked once for each batch of tags.
     */
    void make(BitSet due, Map<Integer, FarTierUnavailableException> left) {
        if (tags.isEmpty()) {
            return;
        }
        try {
            tags.begin(due).forEach((owed, partitions) -> make(owed, partitions, left));
        } finally {
            tags.end();
        }
    }

    private void make(Due owed, BitSet partitions, Map<Integer, FarTierUnavailableException> left) {
        make(owed.hard(), Ending.HARD, partitions, left);
        make(owed.soft(), Ending.SOFT, partitions, left);
        tags.made(partitions.stream().boxed().toList());
        counts.invalidated(partitions.cardinality());
    }

    private void make(
            Set<String> owed, Ending ending, BitSet partitions, Map<Integer, FarTierUnavailableException> left) {
        for (List<String> some : TagBatches.of(owed)) {
            left.keySet().forEach(partitions::clear);
            far.invalidateTags(some, ending, partitions, left::put);
        }
        left.keySet().forEach(partitions::clear);
    }
}
