package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.MethodParameter;
import java.lang.annotation.Annotation;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;
import org.jspecify.annotations.Nullable;

/** A parameter with its argument. */
record InvocationParameter(
        MethodParameter parameter, @Nullable Object argument) implements CacheInvocationParameter {
    @Override
    public Class<?> getRawType() {
        return parameter.rawType();
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107 gives no word on null; an argument may be
    public Object getValue() {
        return argument;
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return parameter.annotations();
    }

    @Override
    public int getParameterPosition() {
        return parameter.position();
    }
}
