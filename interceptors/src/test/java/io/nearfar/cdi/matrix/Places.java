package io.nearfar.cdi.matrix;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.annotation.RateLimited;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** The kinds of places of the matrix: for each annotation those where its members have cells, and why not in the others. */
final class Places {
    /** All annotations of the matrix. */
    static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(
            CacheDefaults.class,
            CacheResult.class,
            CachePut.class,
            CacheRemove.class,
            CacheRemoveAll.class,
            CacheKey.class,
            CacheValue.class,
            CacheTags.class,
            CacheTtl.class,
            InvalidateTags.class,
            InvalidateTags.List.class,
            InvalidatePattern.class,
            InvalidatePattern.List.class,
            Invalidate.class,
            Invalidate.List.class,
            InvalidatesCache.class,
            InvalidatesCache.List.class,
            CachedResponse.class,
            RateLimited.class,
            RateLimited.List.class,
            CacheWarmer.class,
            NamedCache.class);

    /** The places at which each member of each annotation has a cell, or a reason why it has none. */
    static final List<Cell.Place> ALL = List.of(
            Cell.Place.METHOD,
            Cell.Place.CLASS,
            Cell.Place.REPEATED,
            Cell.Place.INHERITED,
            Cell.Place.GENERIC,
            Cell.Place.ASYNCHRONOUS);

    private Places() {}

    /** Returns why the members of an annotation have no cells at a kind of place; empty if they have. */
    static Map<Cell.Place, String> gaps(Class<? extends Annotation> annotation) {
        Map<Cell.Place, String> gaps = new EnumMap<>(Cell.Place.class);
        if (annotation.isMemberClass()) {
            for (Cell.Place place : ALL) {
                gaps.put(
                        place,
                        "the compiler writes it where annotations are repeated, and there their members have cells");
            }
            gaps.remove(Cell.Place.REPEATED);
            return gaps;
        }
        if (!annotation.isAnnotationPresent(Repeatable.class)) {
            gaps.put(Cell.Place.REPEATED, "the compiler refuses it: the annotation is not repeatable");
        }
        boolean isMark = annotation == CacheKey.class || annotation == CacheValue.class;
        if (!isMark && !standsAt(annotation, ElementType.METHOD)) {
            gaps.put(Cell.Place.METHOD, "the compiler refuses it: the annotation stands at classes");
        }
        if (!isMark && !standsAt(annotation, ElementType.TYPE)) {
            gaps.put(Cell.Place.CLASS, "the compiler refuses it: the annotation stands at methods");
        }
        gaps.putAll(special(annotation));
        return gaps;
    }

    private static boolean standsAt(Class<? extends Annotation> annotation, ElementType type) {
        Target target = annotation.getAnnotation(Target.class);
        return target == null || Arrays.asList(target.value()).contains(type);
    }

    private static Map<Cell.Place, String> special(Class<? extends Annotation> annotation) {
        if (annotation == InvalidatesCache.class) {
            return Map.of(Cell.Place.ASYNCHRONOUS, "nobody calls an entity: its changes are heard of");
        } else if (annotation == CacheWarmer.class) {
            return Map.of(
                    Cell.Place.INHERITED, "Java does not inherit it: each bean that warms says so itself",
                    Cell.Place.ASYNCHRONOUS, "Warmer.warm returns nothing: it runs in a thread of the manager's");
        } else if (annotation == NamedCache.class) {
            return Map.of(
                    Cell.Place.METHOD,
                            "a qualifier: it has an effect where something is injected, and there is its cell",
                    Cell.Place.CLASS, "likewise; at a class it would qualify a bean of the application's own",
                    Cell.Place.ASYNCHRONOUS, "nothing is called where something is injected");
        }
        return Map.of();
    }
}
