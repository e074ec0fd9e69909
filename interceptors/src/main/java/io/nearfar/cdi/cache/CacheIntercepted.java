package io.nearfar.cdi.cache;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds the interceptor to a method; put there by the extension, never written by hand. The annotations of JSR-107 are
 * no interceptor bindings in Jakarta's sense, and on some servers the class that counts is the server's, not the
 * application's: an annotation of our own means the same everywhere.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CacheIntercepted {
    /** The annotation as an object, for the extension. */
    final class Literal extends AnnotationLiteral<CacheIntercepted> implements CacheIntercepted {
        /** The only one that is needed. */
        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
