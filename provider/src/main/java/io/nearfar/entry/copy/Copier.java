package io.nearfar.entry.copy;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Copies values so that a copy means what serialization would make of the value: fields that are transient come out
 * empty, what non-serializable superclasses hold is made by their constructors, shared and circular references survive.
 * What has a say of its own in its serialization is not copied here. One for each cache, so that the classes it knows go
 * with the cache; safe for use by several threads.
 */
public final class Copier {
    private final Map<Class<?>, Plan> plans = new ConcurrentHashMap<>();
    private final Consumer<Class<?>> admission;
    private final Predicate<Class<?>> trusted;
    /** Kept as a field, for a walk begins with every copy. */
    private final Function<Class<?>, Plan> admitting = this::planAdmitting;

    /**
     * Creates a copier.
     *
     * @param admission told of each class of the application before an object of it, handed in by a caller, is copied for
     *     the first time; throws what the caller is to see if it may not be
     * @param trusted tells whether objects of the class may come from elsewhere
     */
    public Copier(Consumer<Class<?>> admission, Predicate<Class<?>> trusted) {
        this.admission = admission;
        this.trusted = trusted;
    }

    /**
     * Returns a copy to keep of what a caller handed in, or null if it must be kept in its serialized form.
     *
     * @throws RuntimeException what the admission threw
     * @throws CacheException if a constructor that serialization would run has failed
     */
    public @Nullable Kept keep(Object value) {
        return keep(value, admitting);
    }

    /** Like {@link #keep} for an object that was decoded: classes that are not trusted leave it to its bytes. */
    public @Nullable Kept keepDecoded(Object value) {
        return keep(value, this::planTrusted);
    }

    private static @Nullable Kept keep(Object value, Function<Class<?>, Plan> plans) {
        Walk walk = Walk.tracking(plans);
        try {
            Object copy = walk.copy(value);
            return copy == null ? null : new Kept(copy, copy == value, walk.isShared(), walk.weight());
        } catch (NotCopyable byBytes) {
            return null;
        }
    }

    /**
     * Returns a copy of what was kept.
     *
     * @param shared what {@link Kept#shared} said
     */
    public Object copy(Object kept, boolean shared) {
        Walk walk = shared ? Walk.tracking(admitting) : Walk.plain(admitting);
        return Objects.requireNonNull(walk.copy(kept), "the copy of an object is an object");
    }

    private Plan planAdmitting(Class<?> type) {
        Plan known = plans.get(type);
        return known != null ? known : newPlan(type, admission);
    }

    private Plan planTrusted(Class<?> type) {
        Plan known = plans.get(type);
        return known != null ? known : newPlan(type, this::mustBeTrusted);
    }

    private void mustBeTrusted(Class<?> type) {
        if (!trusted.test(type)) {
            throw new NotCopyable(type.getName() + " is no class of the stored form");
        }
    }

    private Plan newPlan(Class<?> type, Consumer<Class<?>> gate) {
        Plan plan = Plans.of(type, gate);
        plans.put(type, plan);
        return plan;
    }

    /**
     * What to keep of a value.
     *
     * @param object the copy; never handed out unless nothing in it can change
     * @param immutable whether nothing in it can change, and so it is the original itself
     * @param shared whether an object that can change is held from two places in it
     * @param weight an estimate in bytes of all that it holds
     */
    public record Kept(Object object, boolean immutable, boolean shared, int weight) {}
}
