package io.nearfar.cdi.limit;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds the interceptor to a method; put there by the extension, never written by hand. Repeatable annotations cannot be
 * interceptor bindings themselves (Interceptors 2.1 knows none).
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RateLimitIntercepted {
    /** The annotation as an object, for the extension. */
    final class Literal extends AnnotationLiteral<RateLimitIntercepted> implements RateLimitIntercepted {
        /** The only one that is needed. */
        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
