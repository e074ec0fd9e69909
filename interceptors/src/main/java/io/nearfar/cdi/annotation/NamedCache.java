package io.nearfar.cdi.annotation;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the cache of that name where a {@link javax.cache.Cache} or a {@link io.nearfar.NearfarCache} is injected:
 *
 * <pre>{@code @Inject @NamedCache("cities") Cache<Integer, City> cities;}</pre>
 *
 * <p>The cache is looked up at its first use. If no code has created it, it is created from the configured template,
 * with the types of the injection point as its declared types. All injection points of one name must agree on their
 * types; what does not fit is reported at deployment.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface NamedCache {
    /** The name of the cache; not empty. */
    String value();

    /** The annotation as an object, for look-ups by code. */
    final class Literal extends AnnotationLiteral<NamedCache> implements NamedCache {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** Returns the qualifier for the cache of that name. */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
