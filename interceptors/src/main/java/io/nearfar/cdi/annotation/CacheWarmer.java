package io.nearfar.cdi.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a bean that is an {@link io.nearfar.Warmer} fill a cache once the application has started, by one node for all:
 *
 * <pre>{@code
 * @ApplicationScoped
 * @CacheWarmer(cache = "cities", every = "6h", keysPerSecond = 200)
 * public class Capitals implements Warmer<String, City> {
 *     @Inject Cities cities;
 *
 *     @Override
 *     public void warm(Warming<String, City> warming) {
 *         cities.capitals().forEach(name -> warming.load(name, context -> cities.byName(name)));
 *     }
 * }
 * }</pre>
 *
 * <p>The cache is opened by that, as an annotated method would open it. The bean is called in a thread of the manager, with a
 * request context of its own and no transaction. A class that is no warmer, and a member that cannot be used, fail the deployment.
 * What a run is and which node has it is said at {@link io.nearfar.NearfarManager#warm}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CacheWarmer {
    /** The name of the cache. */
    String cache();

    /** The name of the warming, see {@link io.nearfar.WarmingPlan#name}; if it is empty, the simple name of the class. */
    String name() default "";

    /** How long after the begin of a run the next one is due, as in settings: {@code 30s}, {@code 6h}; empty for one run. */
    String every() default "";

    /** How many keys a run loads in a second at most. */
    long keysPerSecond() default Long.MAX_VALUE;
}
