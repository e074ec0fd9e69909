package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Ends, on all nodes, every entry of a cache whose key matches one of these patterns, or begins with one of these prefixes,
 * when the method is called:
 *
 * <pre>{@code
 * @InvalidatePattern(cacheName = "feeds", value = "feed:{user.id}:*")
 * public void follow(User user, User whom) { … }
 * }</pre>
 *
 * <p>A pattern speaks of what a person reads in a key, see {@link io.nearfar.NearfarCache#invalidatePattern}. Places in braces are those
 * of {@link CacheTags}, and a brace itself is written twice; what stands in a place is exactly itself, and none of its characters a
 * wildcard: a constant of an enumeration is its class's name, a dot and its own, as in keys that are made of arguments, and null ends
 * nothing. A text of which no key can be, too long or an empty prefix, ends nothing. Otherwise it is {@link InvalidateTags}: it stands
 * alone or beside {@code @CachePut}, {@code @CacheRemove} or {@code @CacheRemoveAll}, acts before what the method itself puts, and
 * not beside {@code @CacheResult}. Repeatable, for several caches.
 *
 * <p>Each pattern and prefix walks over all keys of the servers, in the thread of the caller. A prefix that the cache declares as one of
 * its {@code namespaces} does not, and costs what a tag costs.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(InvalidatePattern.List.class)
public @interface InvalidatePattern {
    /** The patterns; at least one, or one of {@link #prefixes}. */
    String[] value() default {};

    /** What the keys begin with, without wildcards. */
    String[] prefixes() default {};

    /** The name of the cache; if empty, the one that {@code @CacheDefaults} of the class gives. */
    String cacheName() default "";

    /**
     * Whether the entries end as if their time were over, see {@link io.nearfar.NearfarCache#expirePattern}: in their grace they may
     * answer where a load fails.
     */
    boolean soft() default false;

    /** Whether the entries end after the method has returned, or its stage completed, or else before it is called. */
    boolean afterInvocation() default true;

    /** Exceptions of the method after which the entries end all the same; see {@code CacheRemove}. */
    Class<? extends Throwable>[] evictFor() default {};

    /** Exceptions of the method after which the entries do not end; see {@code CacheRemove}. */
    Class<? extends Throwable>[] noEvictFor() default {};

    /** Several at one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** Those at the method. */
        InvalidatePattern[] value();
    }
}
