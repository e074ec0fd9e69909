package io.nearfar.near;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The partitions of the near tier of one cache, and what concerns all of them. */
final class Partitions {
    private final Partition[] all;
    private final NearCommons commons;

    /** Creates one for each lease; {@code textOf} returns the text of a key of the cache. */
    Partitions(NearCommons commons, Function<?, String> textOf) {
        this.commons = commons;
        this.all = new Partition[commons.leases().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Partition(i, commons.leases().get(i), ofAnyKey(textOf));
        }
    }

    @SuppressWarnings("unchecked") // it is given keys of its cache only
    private static Function<Object, String> ofAnyKey(Function<?, String> textOf) {
        return (Function<Object, String>) textOf;
    }

    Partition of(int number) {
        return all[number];
    }

    /** Tells whether there are as many stamps, one of each. */
    boolean areAllIn(Map<Integer, Long> stamps) {
        return stamps.size() == all.length;
    }

    /** Returns the highest stamp known of each. */
    long[] highest() {
        return Arrays.stream(all)
                .mapToLong(partition -> partition.lease().highest())
                .toArray();
    }

    /**
     * Something of this node has got these stamps. Where one is not above what was known before, the far tier has lost that.
     *
     * @param before what {@link #highest} said before it was sent
     */
    void compare(Map<Integer, Long> stamps, long[] before) {
        stamps.forEach((partition, stamp) -> {
            if (stamp <= before[partition]) {
                commons.regressed().accept(partition);
            }
        });
    }

    /** Ends the life of everything whose key matches and that is here, or is asked for already. */
    void endMatching(Predicate<String> pattern) {
        for (Partition partition : all) {
            partition.invalidatePattern(pattern, Long.MAX_VALUE);
        }
    }

    /** Ends the life of everything. */
    void beginEpochs() {
        for (Partition partition : all) {
            partition.beginEpoch();
        }
    }
}
