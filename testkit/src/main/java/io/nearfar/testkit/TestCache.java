package io.nearfar.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the cache that a parameter of a test gets. It is made from the template of its name, as a cache that no code has
 * configured, with the types that the parameter declares; without this annotation it is named {@code cache}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface TestCache {
    /** Returns the cache's name. */
    String value();
}
