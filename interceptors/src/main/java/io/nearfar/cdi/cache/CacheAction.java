package io.nearfar.cdi.cache;

import org.jspecify.annotations.Nullable;

/** What is done when an annotated method is called. One for each such method; safe for use by several threads. */
@FunctionalInterface
interface CacheAction {
    /** Answers the call; throws what the method throws, unchanged, and nothing else. */
    @Nullable
    Object call(Invocation call) throws Exception;
}
