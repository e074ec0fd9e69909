package io.nearfar.cdi.cache;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something made when first asked for, once. If making it fails, the next one who asks tries again. */
public final class Once<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    /** Creates one that {@code maker} makes. */
    public Once(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns it. */
    public T get() {
        T present = made;
        return present != null ? present : make();
    }

    private synchronized T make() {
        T present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }
}
