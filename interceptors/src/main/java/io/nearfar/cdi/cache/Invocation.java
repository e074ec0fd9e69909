package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.MethodDetails;
import io.nearfar.cdi.method.MethodParameter;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.util.List;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;
import org.jspecify.annotations.Nullable;

/** One call of an annotated method, with the arguments that it was made with; shown to resolvers and key generators. */
final class Invocation extends MethodDetails<Annotation> implements CacheKeyInvocationContext<Annotation> {
    private final CacheMethod method;
    private final InvocationContext context;
    private final CallHandler inside;
    private final @Nullable Object[] arguments;

    /** Creates that of {@code method}; {@code inside} is what is done instead of a plain call of it. */
    Invocation(CacheMethod method, InvocationContext context, CallHandler inside) {
        super(method);
        this.method = method;
        this.context = context;
        this.inside = inside;
        this.arguments = context.getParameters().clone();
    }

    /** Calls the method. */
    @Nullable
    Object proceed() throws Exception {
        return inside.handle(context);
    }

    /** Returns the argument at {@code position}. */
    @Nullable
    Object argument(int position) {
        return arguments[position];
    }

    /** Returns the argument in place of {@code parameter}. */
    @Nullable
    Object argument(MethodParameter parameter) {
        return argument(parameter.position());
    }

    @Override
    public Object getTarget() {
        return context.getTarget();
    }

    @Override
    public CacheInvocationParameter[] getAllParameters() {
        return shown(method.parameters().all());
    }

    @Override
    public CacheInvocationParameter[] getKeyParameters() {
        return shown(method.parameters().keys());
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null for methods that put nothing
    public CacheInvocationParameter getValueParameter() {
        MethodParameter value = method.parameters().value();
        return value == null ? null : shown(value);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type.isInstance(context)) {
            return type.cast(context);
        }
        throw new IllegalArgumentException("An invocation of " + method + " is no " + type.getName()
                + "; ask for CacheKeyInvocationContext or jakarta.interceptor.InvocationContext");
    }

    private CacheInvocationParameter[] shown(List<MethodParameter> parameters) {
        return parameters.stream().map(this::shown).toArray(CacheInvocationParameter[]::new);
    }

    private CacheInvocationParameter shown(MethodParameter parameter) {
        return new InvocationParameter(parameter, argument(parameter));
    }
}
