package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches the responses of a resource's method, as they are sent, for all who ask for the same:
 *
 * <pre>{@code
 * @GET
 * @Path("{id}")
 * @CachedResponse(cacheName = "cities", timeToLive = "10m", vary = "Accept-Language", tags = "city:{id}")
 * public City city(@PathParam("id") int id) { … }
 * }</pre>
 *
 * <p>The method must answer GET of JAX-RS; HEAD is answered from what GET has left. What is kept are responses of status 200
 * with a body. They get an {@code ETag}, and requests that know it a 304; {@code Cache-Control} and, if they come from the cache,
 * {@code Age}. Of all who miss the same response at the same time one calls the method, in the process and over the nodes; a
 * response that was begun before an invalidation of its tags answers no later request. A method that throws, or answers with a
 * status from 500, is answered for by a response whose time is over, while its grace lasts.
 *
 * <p>Two responses are the same if they have the same address, parameters, headers of {@link #vary} and, where the method
 * can produce several media types, {@code Accept}. All filters of requests come before: who may not call the method gets no
 * response of it. Interceptors around the method do not; it is not called.
 *
 * <p>A cache that fails never fails the response: the method is called. What cannot be meant fails the deployment.
 * Lengths of time are written as {@code 500ms}, {@code 60s}, {@code 1h30m}, {@code PT1M}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachedResponse {
    /** The name of the cache; if empty, {@code package.Class.method(package.Parameter,…)} of the method. */
    String cacheName() default "";

    /** How long responses are kept, from a millisecond; if empty, the settings of the cache decide. */
    String timeToLive() default "";

    /**
     * How long clients may keep a response without asking again, as {@code Cache-Control} tells them; {@code 0s} lets them ask
     * each time ({@code no-cache}). If empty, as long as {@link #timeToLive}; if that is empty too, they ask each time. No
     * invalidation reaches what clients keep. A {@code Cache-Control} of the method itself is left as it is.
     */
    String maxAge() default "";

    /** How long responses are kept after their time for calls that fail; if empty, the settings of the cache decide. */
    String grace() default "";

    /** The names of request headers by which responses differ; they are told to clients as {@code Vary}. */
    String[] vary() default {};

    /** The names of the parameters of the query by which responses differ; {@code *} alone is the whole query as it is written. */
    String[] parameters() default "*";

    /** With what the keys of the responses begin, for {@link io.nearfar.NearfarCache#invalidatePrefix}; if empty, with the path. */
    String keyPrefix() default "";

    /**
     * The tags of the responses, written as for {@link CacheTags}. A parameter in them is of the path, the query, a header or a
     * cookie, and a text, a number, a truth value, an enum or a UUID; {@code result} is the entity.
     */
    String[] tags() default {};

    /**
     * Whether each person has responses of their own: the name of the principal is part of the key, and clients hear
     * {@code private}. Requests of nobody are not cached.
     */
    boolean privateToPrincipal() default false;

    /**
     * Whether requests that carry {@code Authorization}, or have a principal, share the responses of all others. If not, they go
     * past the cache. To clients such responses are {@code private}.
     */
    boolean evenWithAuthorization() default false;

    /**
     * Whether responses that set cookies are kept, without those cookies: only who caused the call gets them. If not, they
     * go past the cache.
     */
    boolean evenWithCookies() default false;

    /**
     * The name of a public method of the resource's class that answers where neither the cache does nor the method: it throws, or
     * answers with a status from 500, and there is no response whose time is over. It has the same parameters, which the request
     * must tell as it does for {@link #tags}, or none, and returns an entity of the type that the method produces. What it returns
     * is sent with status 200 and {@code no-store}, and not kept. If empty, the failure is told. Requests that go past the cache
     * have no fallback.
     */
    String fallback() default "";
}
