package io.nearfar.fault.check;

import java.util.Comparator;
import java.util.List;

/** Writes of one key of which it is sure that they happened, in the order in which they began. */
final class Succession {
    private final List<Write> writes;
    private final Write[] soonest;

    Succession(List<Write> sure) {
        this.writes =
                sure.stream().sorted(Comparator.comparingLong(Write::earliest)).toList();
        this.soonest = new Write[writes.size()];
        for (int i = writes.size() - 1; i >= 0; i--) {
            Write next = i + 1 < soonest.length ? soonest[i + 1] : null;
            soonest[i] = next == null || writes.get(i).latest() <= next.latest() ? writes.get(i) : next;
        }
    }

    /** Returns, of those that began after {@code instant}, the one that ended first, or null if there is none. */
    Write after(long instant) {
        int at = indexAfter(instant);
        return at < soonest.length ? soonest[at] : null;
    }

    /** Returns those that began after {@code instant}. */
    List<Write> allAfter(long instant) {
        return writes.subList(indexAfter(instant), writes.size());
    }

    private int indexAfter(long instant) {
        int low = 0;
        int high = writes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (writes.get(middle).earliest() > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
