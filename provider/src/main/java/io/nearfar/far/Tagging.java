package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** One invalidation of tags in some partitions of a cache: all are under way at once, and none is at the end. */
final class Tagging {
    /**
     * The bound of the first partition's table. The 64 tables hold the same tags, at some 90 bytes each: about 30 MB for a
     * cache that invalidates so many. The older half goes then, and with it the tagged entries that are as old.
     */
    private static final int MOST_TAGS = 4096;

    /** By how much the bound of each further partition is higher: to trim a table takes the server some milliseconds. */
    private static final int APART = 32;

    private final Calls calls;
    private final Names names;
    private final Collection<String> tags;
    private final Map<Integer, ScriptCall> underWay = new LinkedHashMap<>();

    Tagging(Calls calls, Names names, Collection<String> tags) {
        this.calls = calls;
        this.names = names;
        this.tags = tags;
    }

    /** Invalidates and returns the stamps from which on each partition's entries are not concerned. */
    Map<Integer, Long> invalidate(BitSet partitions, Unanswered<Integer> unanswered) {
        partitions.stream().forEach(partition -> begin(partition, unanswered));
        Map<Integer, Long> stamps = new LinkedHashMap<>();
        underWay.forEach((partition, call) -> {
            try {
                stamps.put(partition, Numbers.of(call.reply(), 1));
            } catch (FarTierUnavailableException e) {
                unanswered.tell(partition, e);
            }
        });
        return stamps;
    }

    private void begin(int partition, Unanswered<Integer> unanswered) {
        Arguments arguments = new Arguments()
                .key(names.meta(partition))
                .key(names.chain(partition))
                .key(names.tags(partition))
                .add(names.channel(partition))
                .add(names.wire())
                .add(MOST_TAGS + APART * partition);
        tags.forEach(arguments::add);
        try {
            underWay.put(partition, calls.script(Script.TAG, partition, arguments));
        } catch (FarTierUnavailableException e) {
            unanswered.tell(partition, e);
        }
    }
}
