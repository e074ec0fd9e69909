package io.nearfar.cdi.cache;

import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** What answers the calls of one method on objects of one class. */
@FunctionalInterface
interface CallHandler {
    @Nullable
    Object handle(InvocationContext context) throws Exception;
}
