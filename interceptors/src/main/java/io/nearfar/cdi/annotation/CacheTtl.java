package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how long the entries live that a method with {@code @CacheResult} or {@code @CachePut} stores, whatever settings and
 * expiry policy of the cache say:
 *
 * <pre>{@code
 * @CacheResult(cacheName = "rates")
 * @CacheTtl(value = "10m", near = "5s", grace = "1h")
 * public Rate rate(String currency) { … }
 * }</pre>
 *
 * <p>Lengths of time are written as {@code 500ms}, {@code 60s}, {@code 1h30m}, {@code PT1M}. What is no length of time, or stands
 * where nothing is stored, fails the deployment. Exceptions that are stored live as the settings of their cache say.
 *
 * @see io.nearfar.EntryOptions
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheTtl {
    /** How long they live, from a millisecond. */
    String value();

    /** How long near tiers over a far one keep them, from {@code 0s}; if empty, the settings decide. */
    String near() default "";

    /** How long they are kept after that for loads that fail, from {@code 0s}; if empty, the settings decide. */
    String grace() default "";
}
