package io.nearfar.cdi.annotation;

import io.nearfar.cdi.request.RequestFacts;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a method with {@link RateLimited}, as resolvers see it. Of use while they are asked. */
public interface LimitedCall {
    /** Returns the method, as its class declares it. */
    Method method();

    /**
     * Returns the arguments, unmodifiable; some may be null. Empty where a filter decides before they are read, which it
     * does only for resolvers that say that they do not need them.
     */
    List<@Nullable Object> arguments();

    /** Returns what is known of the request. */
    RequestFacts request();
}
