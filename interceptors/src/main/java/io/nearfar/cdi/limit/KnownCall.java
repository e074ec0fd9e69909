package io.nearfar.cdi.limit;

import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.request.RequestFacts;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What resolvers see of one call. */
record KnownCall(Method method, List<@Nullable Object> arguments, RequestFacts request) implements LimitedCall {
    /** Returns a call with those arguments as they are now. */
    static KnownCall of(Method method, @Nullable Object[] arguments, RequestFacts request) {
        return new KnownCall(method, Collections.unmodifiableList(Arrays.asList(arguments.clone())), request);
    }
}
