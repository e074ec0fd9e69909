package io.nearfar.entry.copy;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One copying of one object with all that it holds. The first walk over a value keeps track of what it met, and so finds
 * out whether later ones must: only if some object that can change is held from two places.
 */
final class Walk {
    private static final int DEEPEST = 400;
    private static final Object UNFINISHED = new Object();

    private final Function<Class<?>, Plan> plans;
    private final @Nullable Map<Object, Object> copies;
    private boolean shared;
    private int depth;
    private long weight;

    private Walk(Function<Class<?>, Plan> plans, @Nullable Map<Object, Object> copies) {
        this.plans = plans;
        this.copies = copies;
    }

    /** Returns a walk over a value in which no object is met twice. */
    static Walk plain(Function<Class<?>, Plan> plans) {
        return new Walk(plans, null);
    }

    /** Returns a walk that keeps track. */
    static Walk tracking(Function<Class<?>, Plan> plans) {
        return new Walk(plans, new IdentityHashMap<>());
    }

    /** Returns the copy of {@code source}, one and the same wherever it is held. */
    @Nullable
    Object copy(@Nullable Object source) {
        if (source == null) {
            return null;
        }
        Plan plan = plans.apply(source.getClass());
        if (copies == null) {
            return plan.copy(source, this);
        }
        weight += Weights.of(source);
        return plan.isFixed() ? source : tracked(source, plan, copies);
    }

    private Object tracked(Object source, Plan plan, Map<Object, Object> known) {
        Object met = known.get(source);
        if (met == null) {
            return firstMet(source, plan, known);
        }
        if (met == UNFINISHED) {
            throw new NotCopyable(source.getClass().getName() + " holds itself");
        }
        shared |= met != source;
        return met;
    }

    private Object firstMet(Object source, Plan plan, Map<Object, Object> known) {
        if (++depth > DEEPEST) {
            throw new NotCopyable("nested too deeply");
        }
        known.put(source, UNFINISHED);
        Object copy = plan.copy(source, this);
        known.put(source, copy);
        depth--;
        return copy;
    }

    /** Makes a copy known before it is filled, so that what it holds can hold it. Returns the copy. */
    <T> T begun(Object source, T copy) {
        if (copies != null) {
            copies.put(source, copy);
        }
        return copy;
    }

    /** Tells whether an object that can change was met twice. */
    boolean isShared() {
        return shared;
    }

    /** Returns an estimate in bytes of all that was met. */
    int weight() {
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }
}
