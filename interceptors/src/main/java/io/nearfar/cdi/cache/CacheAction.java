package io.nearfar.cdi.cache;

import org.jspecify.annotations.Nullable;

/** What is done when an annotated method is called. One for each such method; safe for use by several threads. */
@FunctionalInterface
interface CacheAction {
    /**
     * Answers the call.
     *
     * @throws Exception what the method throws, unchanged; beside that only the refusal of a cache that fails closed
     */
    @Nullable
    Object call(Invocation call) throws Exception;
}
