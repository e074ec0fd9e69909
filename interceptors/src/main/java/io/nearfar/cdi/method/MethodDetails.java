package io.nearfar.cdi.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import javax.cache.annotation.CacheMethodDetails;

/**
 * A method as JSR-107 shows it to resolver factories.
 *
 * @param <A> the type of its annotation
 */
public class MethodDetails<A extends Annotation> implements CacheMethodDetails<A> {
    private final CacheMethod method;

    /** Shows {@code method}, whose annotation is of type {@code A}. */
    public MethodDetails(CacheMethod method) {
        this.method = method;
    }

    @Override
    public final Method getMethod() {
        return method.method();
    }

    @Override
    public final Set<Annotation> getAnnotations() {
        return method.annotations();
    }

    @Override
    @SuppressWarnings("unchecked") // the annotation's type is what the creator promised
    public final A getCacheAnnotation() {
        return (A) method.members().annotation();
    }

    @Override
    public final String getCacheName() {
        return method.cacheName();
    }
}
