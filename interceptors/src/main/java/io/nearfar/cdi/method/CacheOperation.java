package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/** What an annotation does with a cache; one for each of the four annotations of JSR-107, and three of our own. */
public enum CacheOperation {
    /** Answers from the cache, or calls and stores. */
    RESULT(CacheResult.class),
    /** Stores a parameter. */
    PUT(CachePut.class),
    /** Removes one entry. */
    REMOVE(CacheRemove.class),
    /** Removes all entries. */
    REMOVE_ALL(CacheRemoveAll.class),
    /** Ends the entries that carry tags; stands beside others, and is none of JSR-107's. */
    INVALIDATE_TAGS(InvalidateTags.class),
    /** Ends the entries whose keys match; stands beside others, and is none of JSR-107's. */
    INVALIDATE_PATTERN(InvalidatePattern.class),
    /** Fires an invalidation that has a name; stands beside others, and is none of JSR-107's. */
    INVALIDATE(Invalidate.class);

    private final Class<? extends Annotation> annotation;

    CacheOperation(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    /** Returns the operations of JSR-107 among {@code annotations}; more than one is a mistake (JSR-107, chapter "Annotations"). */
    static List<CacheOperation> among(AnnotationSource annotations) {
        return Arrays.stream(values())
                .filter(operation -> !operation.isInvalidation())
                .filter(operation -> annotations.find(operation.annotation) != null)
                .toList();
    }

    /** Tells whether it is one of our own: it stands beside others, and has no key. */
    boolean isInvalidation() {
        return this == INVALIDATE_TAGS || this == INVALIDATE_PATTERN || this == INVALIDATE;
    }

    /** Returns the annotation as it is written: {@code @CacheResult}. */
    @Override
    public String toString() {
        return "@" + annotation.getSimpleName();
    }
}
