package io.nearfar.cdi.annotation;

import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how often a method is called, over all nodes: in no window of the given length more often than the limit says, for
 * each key that is counted.
 *
 * <pre>{@code
 * @RateLimited(name = "orders", limit = 10, window = "1m")
 * @RateLimited(name = "orders-of-all", limit = 1_000, key = LimitKey.ALL)
 * public Receipt order(Cart cart) { … }
 * }</pre>
 *
 * <p>A call that finds no room is not made: the caller gets a {@link io.nearfar.RateLimitExceededException}, or what
 * {@link #fallbackMethod} returns. If the method returns a {@code CompletionStage}, no thread waits for the decision, and the
 * stage fails with that exception.
 *
 * <p>One annotation is one limit: at a class it holds for all methods that other beans call, together; subclasses inherit
 * it. Everything that stands at a method and at its class is one decision: a call that one of them refuses is charged to
 * none. Permits are taken before the method is called and not given back, whatever comes of it. Hits of {@code @CacheResult} count too.
 *
 * <p>Calls within the bean go past it, as past every interceptor. What cannot be meant fails the deployment.
 * {@link #limit}, {@link #window}, {@link #mode}, {@link #shadow} and an {@code enabled} can be changed while the application
 * runs, by MicroProfile Config.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RateLimited.List.class)
public @interface RateLimited {
    /** What {@link #limit} is where none is given: the usual one for what is counted. */
    long USUAL_LIMIT = -1;

    /**
     * The name by which the limit is known everywhere: two annotations of one name share their counts, on all nodes. If
     * empty, {@code package.Class.method(package.Parameter,…)} of the method, or the name of the class that it stands at.
     */
    String name() default "";

    /**
     * How many calls there may be in any window, by each key; from 1. If {@link #USUAL_LIMIT}, 100, or 10,000 where all are
     * counted together ({@link LimitKey#ALL}).
     */
    long limit() default USUAL_LIMIT;

    /** The length of the window: {@code 500ms}, {@code 60s}, {@code 1h30m}, {@code 1d}, {@code PT1M}; from a millisecond to 366 days. */
    String window() default "60s";

    /** By what calls are told apart. */
    LimitKey key() default LimitKey.CALLER;

    /**
     * The name of the header, of the parameter, or of the method's argument, where {@link #key} asks for one. An argument
     * is named by its name, with classes compiled with {@code -parameters}, or its position from 0; after dots come
     * properties of it, as in {@link CacheTags}: {@code cart.tenant}.
     */
    String keyName() default "";

    /** The bean that says by what a call is counted, in place of {@link #key}. */
    Class<? extends LimitKeyResolver> keyResolver() default LimitKeyResolver.class;

    /** The bean that chooses the limit of a call. */
    Class<? extends LimitTierResolver> tiers() default LimitTierResolver.class;

    /** Roles whose holders pass and are charged nothing by this limit; it is counted that they passed. */
    String[] exemptRoles() default {};

    /** What holds while the server that counts does not answer, one at most; if none, {@code nearfar.limit.outage}. */
    LimitOutage[] outage() default {};

    /**
     * Where calls are decided: by the server that counts, each of them, or on this node by credits that it holds in advance.
     * Nodes hold credits where the window is a second or longer.
     */
    LimitMode mode() default LimitMode.STRICT;

    /**
     * The method that answers a call that is refused: of the same bean, with the same parameters, and a result that fits.
     * It may be private. Of several limits that refuse, the first one's.
     */
    String fallbackMethod() default "";

    /** Whether the limit only counts and tells what it would have refused, and refuses nothing. */
    boolean shadow() default false;

    /** Several at one place. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface List {
        /** Those at the place. */
        RateLimited[] value();
    }
}
