package io.nearfar.cdi.limit;

import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.request.RequestFacts;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What resolvers see of one call. */
record KnownCall(Method method, List<@Nullable Object> arguments, RequestFacts request) implements LimitedCall {
    /** Returns a call with those arguments as they are now. */
    static KnownCall of(Method method, @Nullable Object[] arguments, RequestFacts request) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object argument : arguments) {
            all.add(argument);
        }
        return new KnownCall(method, Collections.<@Nullable Object>unmodifiableList(all), request);
    }
}
