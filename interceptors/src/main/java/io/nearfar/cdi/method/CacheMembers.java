package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import java.lang.annotation.Annotation;
import java.util.Objects;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * The members of any of the annotations, in one shape. What an annotation does not have, has the value that makes
 * no difference.
 *
 * @param operation which of them it is
 * @param annotation the annotation itself
 * @param cacheName the name given, or empty
 * @param resolverFactory the factory given, or the interface itself for none
 * @param keyGenerator the generator given, or the interface itself for none
 * @param afterInvocation whether the cache changes after the method, not before
 * @param skipGet whether the method is called whatever the cache holds
 * @param exceptionCacheName the name of the cache of exceptions, or empty
 * @param exceptions for {@code @CacheResult} the exceptions to store; for the others those that do not prevent the change
 */
public record CacheMembers(
        CacheOperation operation,
        Annotation annotation,
        String cacheName,
        Class<? extends CacheResolverFactory> resolverFactory,
        Class<? extends CacheKeyGenerator> keyGenerator,
        boolean afterInvocation,
        boolean skipGet,
        String exceptionCacheName,
        ExceptionFilter exceptions) {

    /** Returns the members of the annotation that {@code operation} finds in {@code annotations}. */
    static CacheMembers of(CacheOperation operation, AnnotationSource annotations) {
        return switch (operation) {
            case RESULT -> of(present(annotations.find(CacheResult.class)));
            case PUT -> of(present(annotations.find(CachePut.class)));
            case REMOVE -> of(present(annotations.find(CacheRemove.class)));
            case REMOVE_ALL -> of(present(annotations.find(CacheRemoveAll.class)));
            case INVALIDATE_TAGS -> of(present(annotations.find(InvalidateTags.class)));
            case INVALIDATE_PATTERN -> of(present(annotations.find(InvalidatePattern.class)));
            case INVALIDATE -> of(present(annotations.find(Invalidate.class)));
        };
    }

    /** Returns these members with what they leave open taken from {@code defaults}. */
    CacheMembers withDefaults(@Nullable CacheDefaults defaults) {
        if (defaults == null) {
            return this;
        }
        return new CacheMembers(
                operation,
                annotation,
                cacheName.isEmpty() ? defaults.cacheName() : cacheName,
                resolverFactory == CacheResolverFactory.class ? defaults.cacheResolverFactory() : resolverFactory,
                keyGenerator == CacheKeyGenerator.class ? defaults.cacheKeyGenerator() : keyGenerator,
                afterInvocation,
                skipGet,
                exceptionCacheName,
                exceptions);
    }

    private static CacheMembers of(CacheResult result) {
        return new CacheMembers(
                CacheOperation.RESULT,
                result,
                result.cacheName(),
                result.cacheResolverFactory(),
                result.cacheKeyGenerator(),
                true,
                result.skipGet(),
                result.exceptionCacheName(),
                ExceptionFilter.of(result.cachedExceptions(), result.nonCachedExceptions(), true));
    }

    private static CacheMembers of(CachePut put) {
        return new CacheMembers(
                CacheOperation.PUT,
                put,
                put.cacheName(),
                put.cacheResolverFactory(),
                put.cacheKeyGenerator(),
                put.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(put.cacheFor(), put.noCacheFor(), false));
    }

    private static CacheMembers of(CacheRemove remove) {
        return new CacheMembers(
                CacheOperation.REMOVE,
                remove,
                remove.cacheName(),
                remove.cacheResolverFactory(),
                remove.cacheKeyGenerator(),
                remove.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(remove.evictFor(), remove.noEvictFor(), false));
    }

    private static CacheMembers of(CacheRemoveAll removeAll) {
        return new CacheMembers(
                CacheOperation.REMOVE_ALL,
                removeAll,
                removeAll.cacheName(),
                removeAll.cacheResolverFactory(),
                CacheKeyGenerator.class,
                removeAll.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(removeAll.evictFor(), removeAll.noEvictFor(), false));
    }

    /** Returns the members of an annotation that a method may have several of. */
    static CacheMembers of(InvalidateTags invalidate) {
        return new CacheMembers(
                CacheOperation.INVALIDATE_TAGS,
                invalidate,
                invalidate.cacheName(),
                CacheResolverFactory.class,
                CacheKeyGenerator.class,
                invalidate.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(invalidate.evictFor(), invalidate.noEvictFor(), false));
    }

    /** Likewise. */
    static CacheMembers of(InvalidatePattern invalidate) {
        return new CacheMembers(
                CacheOperation.INVALIDATE_PATTERN,
                invalidate,
                invalidate.cacheName(),
                CacheResolverFactory.class,
                CacheKeyGenerator.class,
                invalidate.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(invalidate.evictFor(), invalidate.noEvictFor(), false));
    }

    /** Returns the members of another such annotation; it is of no cache of its own, so defaults of the class are not for it. */
    static CacheMembers of(Invalidate invalidate) {
        return new CacheMembers(
                CacheOperation.INVALIDATE,
                invalidate,
                "invalidation " + invalidate.value(),
                CacheResolverFactory.class,
                CacheKeyGenerator.class,
                invalidate.afterInvocation(),
                false,
                "",
                ExceptionFilter.of(invalidate.evictFor(), invalidate.noEvictFor(), false));
    }

    private static <A> A present(@Nullable A annotation) {
        return Objects.requireNonNull(annotation, "the annotation of the operation that was found");
    }
}
