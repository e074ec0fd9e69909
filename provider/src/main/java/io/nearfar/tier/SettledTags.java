package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries;
import io.nearfar.tier.DirtyTags.Owed;
import java.util.BitSet;
import java.util.Map;

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

    /** Makes what is due in these partitions, and adds those in which it could not be made to {@code left}. */
    void make(BitSet due, Map<Integer, FarTierUnavailableException> left) {
        for (Owed owed : tags.begin()) {
            BitSet asked = tags.left(owed);
            asked.and(due);
            left.keySet().forEach(asked::clear);
            Map<Integer, Long> made = far.invalidateTags(owed.tags(), asked, left::put);
            tags.made(owed, made.keySet());
            counts.invalidated(made.size());
        }
    }
}
