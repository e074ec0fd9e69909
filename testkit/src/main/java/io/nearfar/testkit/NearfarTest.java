package io.nearfar.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class, and of its nested classes, caches of their own: {@link NearfarExtension} says which parameters
 * they may have. At a method it holds for that one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NearfarExtension.class)
public @interface NearfarTest {
    /** Returns which tiers the caches have. */
    Mode mode() default Mode.TIERED;

    /**
     * Returns settings of the manager, each as {@code key = value}, as in {@code "nearfar.deadline = 100ms"}; they count before
     * those of system properties, environment and files.
     */
    String[] settings() default {};

    /**
     * Returns the address of a server of your own in place of the embedded one, as {@code redis://localhost:6379}. Without, the
     * JUnit parameter or system property {@code test.nearfar.address} is looked at.
     */
    String address() default "";
}
