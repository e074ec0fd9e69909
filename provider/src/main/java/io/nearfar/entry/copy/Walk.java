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
    private final boolean tracks;
    /** Made for the first object that can change: most values are a single one that cannot. */
    private @Nullable Map<Object, Object> copies;

    private boolean shared;
    private int depth;
    private long weight;

    private Walk(Function<Class<?>, Plan> plans, boolean tracks) {
        this.plans = plans;
        this.tracks = tracks;
    }

    /** Returns a walk over a value in which no object is met twice. */
    static Walk plain(Function<Class<?>, Plan> plans) {
        return new Walk(plans, false);
    }

    /** Returns a walk that keeps track. */
    static Walk tracking(Function<Class<?>, Plan> plans) {
        return new Walk(plans, true);
    }

    /** Returns the copy of {@code source}, one and the same wherever it is held. */
    @Nullable
    Object copy(@Nullable Object source) {
        if (source == null) {
            return null;
        }
        Plan plan = plans.apply(source.getClass());
        if (!tracks) {
            return plan.copy(source, this);
        }
        weight += Weights.of(source);
        return plan.isFixed() ? source : tracked(source, plan, known());
    }

    private Map<Object, Object> known() {
        Map<Object, Object> known = copies;
        if (known == null) {
            known = new IdentityHashMap<>();
            copies = known;
        }
        return known;
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
