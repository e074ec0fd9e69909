package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says at a JPA entity what ends when an object of it is persisted, updated or removed. It takes effect when the transaction has
 * been committed, once for all changes of the transaction, and not at all if that is rolled back:
 *
 * <pre>{@code
 * @Entity
 * @EntityListeners(NearfarEntityListener.class)
 * @InvalidatesCache(caches = "people", tags = {"person:{id}", "city:{address.city}"})
 * @InvalidatesCache(invalidation = "user", arguments = "id={id}")
 * public class Person { … }
 * }</pre>
 *
 * <p>In braces stands an attribute, after dots one of what that holds: a public method {@code name()}, {@code getName()} or
 * {@code isName()}, or a public field. A collection, an array or an optional stands for what is in it, and for each; null, and what is
 * empty, for nothing. A brace itself is written twice. What an attribute was before an update counts like what it is then.
 *
 * <p>It is heard through {@code io.nearfar.cdi.model.NearfarEntityListener}, which stands at the entity, at a superclass of it, or
 * in an {@code orm.xml} of the application. It also holds for the classes below the entity, in addition to what theirs say.
 * Repeatable. Either {@code caches} or {@code invalidation} is given.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(InvalidatesCache.List.class)
public @interface InvalidatesCache {
    /**
     * The names of the caches, in which {@code *} stands for any characters. All of their entries end, if neither tags, keys,
     * prefixes nor patterns are given.
     */
    String[] caches() default {};

    /** The tags whose entries end. */
    String[] tags() default {};

    /** The keys whose entries end, as a person reads them. */
    String[] keys() default {};

    /** What the keys of entries begin with that end. Each walks over all keys of the servers. */
    String[] prefixes() default {};

    /** Patterns of the keys of entries that end. Each walks over all keys of the servers. */
    String[] patterns() default {};

    /**
     * Whether the entries end as if their time were over, so that they may answer in their grace where a load fails. Not where all
     * entries end, and not with {@code invalidation}, whose declaration says it.
     */
    boolean soft() default false;

    /** The name of a declared invalidation that is fired, in place of caches and what ends in them. */
    String invalidation() default "";

    /**
     * What the parameters of that invalidation stand for, each as {@code name=text}; one that is not given gets the attribute that
     * has its name.
     */
    String[] arguments() default {};

    /** Several at one entity. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface List {
        /** Those at the entity. */
        InvalidatesCache[] value();
    }
}
