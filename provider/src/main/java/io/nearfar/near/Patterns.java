package io.nearfar.near;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The patterns that were invalidated in a partition of late, each with its number in their order. They concern what was asked
 * for before they came: whoever asks the far tier afterwards is told the truth, or learns by another message that it is none
 * any more. So an entry is judged by each once at most, when it is looked up; it keeps the number of the last one. Immutable.
 */
final class Patterns {
    static final Patterns NONE = new Patterns(0, List.of());

    private static final int MOST = 64;

    private final int last;
    private final List<Limit> limits;

    private Patterns(int last, List<Limit> limits) {
        this.last = last;
        this.limits = limits;
    }

    /** Below that stamp what matches is dead. */
    private record Limit(int number, Predicate<String> pattern, long stamp) {
        boolean ends(int judged, long itsStamp) {
            return number > judged && itsStamp < stamp;
        }
    }

    /** Returns the number of the last one. */
    int last() {
        return last;
    }

    /** Tells whether this one would be too many. */
    boolean isFullFor(Predicate<String> pattern) {
        return limits.size() == MOST
                && limits.stream().noneMatch(limit -> limit.pattern().equals(pattern));
    }

    /** Returns these and one more, which takes its own place if it is among them. */
    Patterns with(Predicate<String> pattern, long stamp) {
        List<Limit> more = new ArrayList<>(limits.size() + 1);
        long highest = stamp;
        for (Limit limit : limits) {
            if (limit.pattern().equals(pattern)) {
                highest = Math.max(highest, limit.stamp());
            } else {
                more.add(limit);
            }
        }
        more.add(new Limit(last + 1, pattern, highest));
        return new Patterns(last + 1, List.copyOf(more));
    }

    /** Returns none, whose numbers go on from these. */
    Patterns forgotten() {
        return limits.isEmpty() ? this : new Patterns(last, List.of());
    }

    /** Tells whether one that came after number {@code judged} ends the life of a write of that stamp. */
    boolean end(int judged, long stamp, Supplier<String> text) {
        for (Limit limit : limits) {
            if (limit.ends(judged, stamp) && limit.pattern().test(text.get())) {
                return true;
            }
        }
        return false;
    }
}
