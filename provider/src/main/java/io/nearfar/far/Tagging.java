package io.nearfar.far;

import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.key.StoredName;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One invalidation of tags in some partitions of a cache: all are under way at once, and none is at the end. */
final class Tagging {
    private static final Logger LOG = LoggerFactory.getLogger(Tagging.class);

    /**
     * The bound of the first partition's table. The 64 tables hold the same tags, at some 90 bytes each: about 30 MB for a
     * cache that invalidates so many. The older half goes then, and with it the tagged entries that are as old.
     */
    private static final int MOST_TAGS = 4096;

    /** Leaves nothing that could answer. */
    static final long HARD = -1;

    private static final int CLEARED = 2;

    /** By how much the bound of each further partition is higher: to trim a table takes the server some milliseconds. */
    private static final int APART = 32;

    private final PartitionCalls calls;
    private final Names names;
    private final Collection<String> tags;
    private final long windowMicros;
    private final AtomicBoolean refused;

    /**
     * Creates one.
     *
     * @param windowMicros how long ago entries are to have ended that may answer where loads fail, or {@link #HARD}
     * @param refused set when it is told that a server refuses the tables, once for the cache
     */
    Tagging(Calls calls, Names names, Collection<String> tags, long windowMicros, AtomicBoolean refused) {
        this.windowMicros = windowMicros;
        this.calls = new PartitionCalls(calls, names, Script.TAG);
        this.names = names;
        this.tags = tags;
        this.refused = refused;
    }

    /** Invalidates and returns the stamps from which on each partition's entries are not concerned. */
    Map<Integer, Long> invalidate(BitSet partitions, Unanswered<Integer> unanswered) {
        Map<Integer, Long> stamps = new LinkedHashMap<>();
        calls.run(partitions, this::further, unanswered)
                .forEach((partition, reply) -> stamps.put(partition, stamp(reply)));
        return stamps;
    }

    private Arguments further(int partition, Arguments arguments) {
        arguments.add(MOST_TAGS + APART * partition);
        if (windowMicros == HARD) {
            arguments.add("");
        } else {
            arguments.add(windowMicros);
        }
        tags.forEach(arguments::add);
        return arguments;
    }

    private long stamp(List<Object> reply) {
        if (Numbers.of(reply, 0) == CLEARED && refused.compareAndSet(false, true)) {
            LOG.error(
                    "NF0314 {}: the far tier refuses the table of tags, so each invalidation of tags clears the cache: {}."
                            + " Give the user of nearfar.address the rights to HGET, HMGET, HSET, HLEN, HGETALL and HDEL",
                    StoredName.told(names.cache()),
                    new String((byte[]) reply.get(2), StandardCharsets.UTF_8));
        }
        return Numbers.of(reply, 1);
    }
}
