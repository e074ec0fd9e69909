package io.nearfar.cdi.web;

import io.nearfar.Decision;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of the request in which the calling thread is. */
final class CurrentFacts implements RequestFacts {
    private static RequestFacts facts() {
        HttpServletRequest request = CurrentRequest.get();
        return request == null ? NONE : new ServletFacts(request);
    }

    @Override
    public @Nullable String principal() {
        return facts().principal();
    }

    @Override
    public boolean isInRole(String role) {
        return facts().isInRole(role);
    }

    @Override
    public @Nullable String address() {
        return facts().address();
    }

    @Override
    public @Nullable String header(String name) {
        return facts().header(name);
    }

    @Override
    public @Nullable String parameter(String name) {
        return facts().parameter(name);
    }

    @Override
    public boolean takeCharged(Method method) {
        return facts().takeCharged(method);
    }

    @Override
    public Consumer<Decision> listener() {
        return facts().listener();
    }
}
