package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.CacheCatalog;
import io.nearfar.cdi.method.CacheMethod;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The actions of all annotated methods of an application; a bean, so that interceptors of passivated beans find it. */
public class CacheActions {
    private final CacheCatalog catalog;
    private final ActionFactory factory;
    private final Map<Class<?>, Map<Method, CallHandler>> handlers = new ConcurrentHashMap<>();

    /** Creates the actions of the methods of {@code catalog}, each when it is first called. */
    public CacheActions(CacheCatalog catalog, ApplicationManager manager, Instances instances) {
        this.catalog = catalog;
        this.factory = new ActionFactory(catalog, manager, instances);
    }

    /** For the container, whose proxies are made of this class. */
    @SuppressWarnings("NullAway") // a proxy uses no field
    CacheActions() {
        this.catalog = null;
        this.factory = null;
    }

    /**
     * Answers a call by what the annotations of its method say; a method without any is just called.
     *
     * @throws Exception what the method throws
     */
    public @Nullable Object call(InvocationContext context) throws Exception {
        Class<?> target = context.getTarget().getClass();
        Map<Method, CallHandler> ofTarget = handlers.get(target);
        CallHandler handler = ofTarget == null ? null : ofTarget.get(context.getMethod());
        return (handler == null ? handler(target, context.getMethod()) : handler).handle(context);
    }

    private CallHandler handler(Class<?> target, Method called) {
        return handlers.computeIfAbsent(target, type -> new ConcurrentHashMap<>())
                .computeIfAbsent(called, method -> handler(catalog.findAll(target, method)));
    }

    /** Puts what is done around the method, from the method outwards. */
    private CallHandler handler(List<CacheMethod> methods) {
        CallHandler handler = InvocationContext::proceed;
        for (int i = methods.size() - 1; i >= 0; i--) {
            handler = around(methods.get(i), handler);
        }
        return handler;
    }

    private CallHandler around(CacheMethod method, CallHandler inside) {
        CacheAction action = factory.action(method);
        return context -> action.call(new Invocation(method, context, inside));
    }
}
