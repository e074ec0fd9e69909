package io.nearfar.tier;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Weighs the values that are kept of dirty keys: of one for which there is no room, only the key is remembered. */
final class DirtyWeight {
    private final long maximum;
    private final AtomicLong weight = new AtomicLong();

    /** Creates one; {@code maximum} is how many bytes are kept, about. */
    DirtyWeight(long maximum) {
        this.maximum = maximum;
    }

    /** Has a key remember that, or nothing. */
    <V> void put(DirtyKey<V> dirty, @Nullable Noted<V> noted) {
        long before = of(dirty.latest);
        boolean fits = weight.get() - before + of(noted) <= maximum;
        Noted<V> kept = noted == null || fits ? noted : noted.withoutValue();
        weight.addAndGet(of(kept) - before);
        dirty.latest = kept;
    }

    private static long of(@Nullable Noted<?> noted) {
        return noted == null ? 0 : noted.weight();
    }
}
