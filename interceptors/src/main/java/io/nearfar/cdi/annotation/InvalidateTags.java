package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Ends, on all nodes, every entry of a cache that carries one of these tags, when the method is called:
 *
 * <pre>{@code
 * @InvalidateTags(cacheName = "products", value = "category:{product.category}")
 * public void save(Product product) { … }
 * }</pre>
 *
 * <p>The tags are written as for {@link CacheTags}; {@code result} can stand in them only after the method. The method may
 * have {@code @CachePut}, {@code @CacheRemove} or {@code @CacheRemoveAll} too; then the tags are invalidated first, so that what is put is not ended by
 * its own method. It may not have {@code @CacheResult}, since a hit would invalidate nothing. Repeatable, for several caches.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(InvalidateTags.List.class)
public @interface InvalidateTags {
    /** The tags; at least one. */
    String[] value();

    /** The name of the cache; if empty, the one that {@code @CacheDefaults} of the class gives. */
    String cacheName() default "";

    /**
     * Whether the entries end as if their time were over, see {@link io.nearfar.NearfarCache#expireTags}: in their grace they may
     * answer where a load fails.
     */
    boolean soft() default false;

    /** Whether the tags are invalidated after the method has returned, or its stage completed, or else before it is called. */
    boolean afterInvocation() default true;

    /** Exceptions of the method after which the tags are invalidated all the same; see {@code CacheRemove}. */
    Class<? extends Throwable>[] evictFor() default {};

    /** Exceptions of the method after which the tags are not invalidated; see {@code CacheRemove}. */
    Class<? extends Throwable>[] noEvictFor() default {};

    /** Several at one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** Those at the method. */
        InvalidateTags[] value();
    }
}
