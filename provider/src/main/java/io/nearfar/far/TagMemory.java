package io.nearfar.far;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node remembers of one partition's tag table: of each tag it has asked for, as of when it asked. An outage ends
 * with a server that may have lost an invalidation and given its stamp to another one; so all is forgotten then.
 */
final class TagMemory {
    /** So many tags are remembered, about; what was forgotten costs a question. */
    private static final int MOST = 1024;

    /** Of an invalidation of a tag, and of the table as of which that is known. */
    private record Known(long asOf, long stamp) {}

    /** What is known of an entry's tags. */
    enum Verdict {
        LIVE,
        DEAD,
        UNKNOWN
    }

    private final ConcurrentHashMap<String, Known> tags = new ConcurrentHashMap<>();
    private volatile long lost = TagTable.LOST;
    private volatile long outage;

    /**
     * Says what is known of an entry that is not above the last invalidation.
     *
     * @param meta what was read with the entry
     * @param number changes with every outage
     */
    Verdict verdict(long stamp, List<String> of, Meta meta, long number) {
        if (outage != number) {
            forget(number);
        }
        if (stamp <= meta.tagFloor() || lost == meta.tagStamp()) {
            return Verdict.DEAD;
        }
        Verdict verdict = Verdict.LIVE;
        for (String tag : of) {
            Known known = tags.get(tag);
            if (known == null || known.asOf() != meta.tagStamp()) {
                verdict = Verdict.UNKNOWN;
            } else if (known.stamp() >= stamp) {
                return Verdict.DEAD;
            }
        }
        return verdict;
    }

    private synchronized void forget(long number) {
        tags.clear();
        lost = TagTable.LOST;
        outage = number;
    }

    /** Takes in an answer that was asked for because of a meta with that stamp, after so many outages. */
    synchronized void learn(TagTable table, long tagStamp, long number) {
        if (outage != number) {
            return;
        } else if (!table.reaches(tagStamp)) {
            lost = tagStamp;
            return;
        }
        if (tags.size() > MOST) {
            tags.clear();
        }
        table.stamps().forEach((tag, stamp) -> tags.put(tag, new Known(table.asOf(), stamp)));
    }
}
