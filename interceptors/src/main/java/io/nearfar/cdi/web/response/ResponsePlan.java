package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.cache.TagWriter;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided once about the responses of a method.
 *
 * @param cacheName the cache that keeps them
 * @param shown the method as it is named in messages
 * @param options how they are kept, without their tags
 * @param maxAge how long clients may keep them, or null for an answer of each time
 * @param key what makes two requests the same
 * @param tags writes their tags
 * @param arguments what their tags say of requests, by the positions of parameters
 * @param sharing who may get them
 * @param fallback what answers when neither the cache nor the method does, or null
 */
record ResponsePlan(
        String cacheName,
        String shown,
        EntryOptions options,
        @Nullable Duration maxAge,
        KeyPlan key,
        TagWriter tags,
        Map<Integer, RequestArgument> arguments,
        Sharing sharing,
        @Nullable ResponseFallback fallback) {

    /** Returns what a request says of the parameter at that position, or null if it says nothing. */
    @Nullable
    Object argument(int position, ContainerRequestContext request) {
        RequestArgument argument = arguments.get(position);
        return argument == null ? null : argument.in(request);
    }

    /**
     * What makes two requests the same.
     *
     * @param prefix what keys begin with, or empty
     * @param produced the one media type that there is, or null if that depends on what a client accepts
     * @param headers the names of the headers that count
     * @param parameters the names of the parameters that count, or null for the whole query
     * @param withPrincipal whether it counts who asks
     */
    record KeyPlan(
            String prefix,
            @Nullable String produced,
            List<String> headers,
            @Nullable List<String> parameters,
            boolean withPrincipal) {}

    /**
     * Who may get them.
     *
     * @param withPrincipal each person their own
     * @param evenWithAuthorization all, known or not
     * @param evenWithCookies also those that came with cookies
     */
    record Sharing(boolean withPrincipal, boolean evenWithAuthorization, boolean evenWithCookies) {}
}
