package io.nearfar.cdi.web.response;

import io.nearfar.cdi.web.CurrentRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as JAX-RS tells of it. */
record AskedOfRest(ContainerRequestContext context) implements Asked {
    @Override
    public String method() {
        return context.getMethod();
    }

    @Override
    public @Nullable String header(String name) {
        return context.getHeaderString(name);
    }

    /**
     * RESTEasy takes every request that names a type for one with a body, and so does not tell. Before HTTP/2 only a request that
     * says how long its body is, or that it comes in pieces, has one (RFC 9112, section 6.3); in HTTP/2 its first byte tells.
     */
    @Override
    public boolean hasBody() {
        if (!context.hasEntity()) {
            return false;
        } else if (header("Transfer-Encoding") != null) {
            return true;
        }
        String length = header(HttpHeaders.CONTENT_LENGTH);
        return length == null ? !isBeforeHttp2() && hasByte() : !length.strip().equals("0");
    }

    private static boolean isBeforeHttp2() {
        HttpServletRequest request = CurrentRequest.get();
        return request != null && request.getProtocol().startsWith("HTTP/1");
    }

    /** Looks for the first byte, which whoever reads the body gets all the same. */
    private boolean hasByte() {
        try {
            InputStream body = context.getEntityStream();
            int first = body.read();
            if (first < 0) {
                return false;
            }
            InputStream begin = new ByteArrayInputStream(new byte[] {(byte) first});
            context.setEntityStream(new SequenceInputStream(begin, body));
            return true;
        } catch (IOException | RuntimeException e) { // somebody else reads it
            return true;
        }
    }

    @Override
    public @Nullable String principal() {
        SecurityContext security = context.getSecurityContext();
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    @Override
    public boolean isAuthorized() {
        return header(HttpHeaders.AUTHORIZATION) != null || principal() != null;
    }

    @Override
    public String path() {
        return uri().getRawPath();
    }

    @Override
    public @Nullable String query() {
        return uri().getRawQuery();
    }

    @Override
    public List<String> parameters(String name) {
        return context.getUriInfo().getQueryParameters().getOrDefault(name, List.of());
    }

    @Override
    public String origin() {
        return uri().getScheme() + "://" + uri().getRawAuthority();
    }

    private URI uri() {
        return context.getUriInfo().getRequestUri();
    }
}
