package io.nearfar.near;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The patterns that were invalidated in a partition of late, each with its number in their order. They concern what was asked
 * for before they came: whoever asks the far tier afterwards is told the truth, or learns by another message that it is none
 * any more. So an entry is judged by each once at most, when it is looked up; it keeps the number of the last one. Where there
 * are too many, the oldest is let go: what was not judged by it yet is taken for dead when it is looked up. Immutable.
 */
final class Patterns {
    static final Patterns NONE = new Patterns(0, 0, List.of());

    private static final int MOST = 64;

    private final int last;
    private final int floor;
    private final List<Limit> limits;

    /** @param floor the number of the last one that was let go */
    private Patterns(int last, int floor, List<Limit> limits) {
        this.last = last;
        this.floor = floor;
        this.limits = limits;
    }

    /** Below that stamp what matches is dead. */
    private record Limit(int number, Predicate<String> pattern, long stamp) {
        boolean ends(int judged, long itsStamp) {
            return number > judged && itsStamp < stamp;
        }

        /** Whatever that one ends, this one ends too if it came later. */
        boolean covers(Limit earlier) {
            return stamp >= earlier.stamp && pattern.equals(earlier.pattern);
        }
    }

    /** Returns the number of the last one. */
    int last() {
        return last;
    }

    /** Returns these and one more, which takes the place of those that it covers, or else of the oldest if they are too many. */
    Patterns with(Predicate<String> pattern, long stamp) {
        Limit more = new Limit(last + 1, pattern, stamp);
        List<Limit> all = Stream.concat(limits.stream().filter(limit -> !more.covers(limit)), Stream.of(more))
                .toList();
        return all.size() <= MOST
                ? new Patterns(more.number(), floor, all)
                : new Patterns(more.number(), all.get(0).number(), all.subList(1, all.size()));
    }

    /** Returns none, whose numbers go on from these. */
    Patterns forgotten() {
        return new Patterns(last, floor, List.of());
    }

    /** Tells whether one that came after number {@code judged} ends the life of a write of that stamp, or may do so. */
    boolean end(int judged, long stamp, Supplier<String> text) {
        return judged < floor || endsByOne(judged, stamp, text);
    }

    /** The text of a key may be dear, and there may be many limits. */
    private boolean endsByOne(int judged, long stamp, Supplier<String> text) {
        if (limits.isEmpty()) {
            return false; // each message of a write asks
        }
        List<Limit> open =
                limits.stream().filter(limit -> limit.ends(judged, stamp)).toList();
        String its = open.isEmpty() ? "" : text.get();
        return open.stream().anyMatch(limit -> limit.pattern().test(its));
    }
}
