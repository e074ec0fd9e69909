package io.nearfar.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Parts what one question to the fallback store would take too long for. */
final class Batches<T> {
    static final int MOST = 100;
    static final long MOST_WEIGHT = 1 << 20;

    private final ToLongFunction<T> weight;
    private final List<List<T>> all = new ArrayList<>();
    private long last;

    /** Creates empty ones; {@code weight} tells the bytes of each. */
    Batches(ToLongFunction<T> weight) {
        this.weight = weight;
    }

    void add(T each) {
        long more = weight.applyAsLong(each);
        if (all.isEmpty() || all.get(all.size() - 1).size() == MOST || last + more > MOST_WEIGHT) {
            all.add(new ArrayList<>());
            last = 0;
        }
        all.get(all.size() - 1).add(each);
        last += more;
    }

    /** Returns them in order. */
    List<List<T>> all() {
        return all;
    }
}
