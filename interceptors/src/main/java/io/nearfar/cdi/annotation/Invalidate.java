package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fires an invalidation that is declared under a name, when the method is called:
 *
 * <pre>{@code
 * @Invalidate("user")                                            // user(id), with the parameter id
 * public void rename(int id, String name) { … }
 *
 * @Invalidate(value = "user", arguments = "id={person.id}")
 * public void save(Person person) { … }
 * }</pre>
 *
 * <p>It is declared by settings, {@code nearfar.invalidation.<name>.…}, or by a bean of the type
 * {@link io.nearfar.InvalidationDeclaration}. Each of its parameters gets the parameter of the method that has the same name,
 * unless {@code arguments} says otherwise. What stands for several values, a collection say, fires for each; what is null, or
 * empty, for none. A name that is not declared, and a parameter that gets nothing, fail the deployment.
 *
 * <p>The method may have {@code @CachePut}, {@code @CacheRemove}, {@code @CacheRemoveAll} or {@link InvalidateTags} too; what the
 * method puts is not ended by it. It may not have {@code @CacheResult}, since a hit would invalidate nothing. Repeatable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Invalidate.List.class)
public @interface Invalidate {
    /** The name of the invalidation. */
    String value();

    /**
     * What its parameters stand for, each as {@code name=text}; the text is written as for {@link CacheTags}, and
     * {@code result} can stand in it only after the method.
     */
    String[] arguments() default {};

    /** Whether it is fired after the method has returned, or its stage completed, or else before it is called. */
    boolean afterInvocation() default true;

    /** Exceptions of the method after which it is fired all the same; see {@code CacheRemove}. */
    Class<? extends Throwable>[] evictFor() default {};

    /** Exceptions of the method after which it is not fired; see {@code CacheRemove}. */
    Class<? extends Throwable>[] noEvictFor() default {};

    /** Several at one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** Those at the method. */
        Invalidate[] value();
    }
}
