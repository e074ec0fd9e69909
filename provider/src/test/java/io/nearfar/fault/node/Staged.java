package io.nearfar.fault.node;

import io.nearfar.AsyncNearfarCache;
import io.nearfar.NearfarCache;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;

/** A cache in whose place its view is asked whose operations answer with stages, for what that has. */
final class Staged {
    private static final long LONGEST_SECONDS = 30;

    private Staged() {}

    @SuppressWarnings("unchecked")
    static Cache<String, Number> of(NearfarCache<String, Number> cache) {
        AsyncNearfarCache<String, Number> view = cache.async();
        return (Cache<String, Number>) Proxy.newProxyInstance(
                Staged.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    Method staged = staged(method);
                    try {
                        return staged == null
                                ? method.invoke(cache, arguments)
                                : joined((CompletionStage<?>) staged.invoke(view, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Method staged(Method method) {
        try {
            Method staged = AsyncNearfarCache.class.getMethod(method.getName(), method.getParameterTypes());
            return CompletionStage.class.isAssignableFrom(staged.getReturnType()) ? staged : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Waits for a stage, and throws what it has failed with. */
    static <T> T joined(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
