package io.nearfar.cdi.web.response;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that does not say what its client has, so that it is answered with the whole response, which others wait for. Tells when
 * other threads go on with it.
 */
final class BareRequest extends HttpServletRequestWrapper {
    private static final Set<String> HIDDEN = Set.of("if-none-match", "if-modified-since");

    private final Runnable onAsync;

    BareRequest(HttpServletRequest request, Runnable onAsync) {
        super(request);
        this.onAsync = onAsync;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(BareRequest::isHidden);
        return Collections.enumeration(names);
    }

    @Override
    public AsyncContext startAsync() {
        onAsync.run();
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        onAsync.run();
        return super.startAsync(request, response);
    }

    private static boolean isHidden(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
