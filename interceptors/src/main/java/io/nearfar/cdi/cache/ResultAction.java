package io.nearfar.cdi.cache;

import io.nearfar.ContextLoad;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code @CacheResult}: the answer comes from the cache, or from the method by way of the cache. */
final class ResultAction implements CacheAction {
    private final ResultPlan plan;

    ResultAction(ResultPlan plan) {
        this.plan = plan;
    }

    @Override
    public @Nullable Object call(Invocation call) throws Exception {
        MethodCall method = new MethodCall(call, plan.thrown());
        ResultPlan.Request request = plan.request(call);
        return request == null ? method.call() : answer(request, method);
    }

    private @Nullable Object answer(ResultPlan.Request request, MethodCall method) throws Exception {
        try {
            Object answer = ask(request, method);
            plan.log().worked();
            return answer;
        } catch (RuntimeException e) {
            if (plan.isAnswer(e)) {
                throw e;
            }
            plan.log().failed(e);
            return method.call();
        }
    }

    private @Nullable Object ask(ResultPlan.Request request, MethodCall method) throws Exception {
        Callable<@Nullable Object> caller =
                request.errors() == null ? method : new ExceptionStore(plan, request.key(), request.errors(), method);
        ContextLoad<Object> load = context -> {
            Object value = caller.call();
            plan.tag(context, request, value);
            return value;
        };
        Object key = request.key();
        Object answer = plan.skipGet()
                ? request.values().reload(key, load)
                : request.values().getOrLoad(key, load);
        boolean isForeign =
                answer != null && !plan.result().fits(answer); // what is there, or is kept for a load that fails
        return isForeign ? request.values().reload(key, load) : answer;
    }
}
