package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the entries that a method with {@code @CacheResult} or {@code @CachePut} stores these tags, by any of which
 * {@link InvalidateTags}, or {@link io.nearfar.NearfarCache#invalidateTags}, ends them on all nodes:
 *
 * <pre>{@code
 * @CacheResult
 * @CacheTags({"product:{id}", "category:{result.category}"})
 * public Product find(int id) { … }
 * }</pre>
 *
 * <p>In braces stands a parameter, by its name or its position from 0, or {@code result}, what the method returned or what
 * its stage completed with; after dots, properties of it: methods {@code name()}, {@code getName()} or {@code isName()}
 * without parameters, or public fields. A collection, array or {@code Optional} stands for what is in it, and gives a tag for each.
 * What is null gives none. A brace itself is written twice.
 *
 * <p>Names of parameters need classes compiled with {@code -parameters}. What cannot be meant fails the deployment.
 * The limits are those of {@link io.nearfar.EntryOptions#withTags}: if a call exceeds them, its result is not kept.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheTags {
    /** The tags; at least one. */
    String[] value();
}
