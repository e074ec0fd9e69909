package io.nearfar.entry.copy;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Copies arrays: by block where elements can be shared, else one by one. */
final class ArrayPlan implements Plan {
    private final Class<?> component;
    private final boolean byBlock;

    ArrayPlan(Class<?> component) {
        this.component = component;
        this.byBlock = Plans.isFixed(component);
    }

    @Override
    public Object copy(Object source, Walk walk) {
        int length = Array.getLength(source);
        Object target = walk.begun(source, Array.newInstance(component, length));
        if (byBlock) {
            System.arraycopy(source, 0, target, 0, length);
        } else {
            fill((@Nullable Object[]) target, (@Nullable Object[]) source, walk);
        }
        return target;
    }

    private static void fill(@Nullable Object[] target, @Nullable Object[] source, Walk walk) {
        for (int i = 0; i < source.length; i++) {
            target[i] = walk.copy(source[i]);
        }
    }
}
