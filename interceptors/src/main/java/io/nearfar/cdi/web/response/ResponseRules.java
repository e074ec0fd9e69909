package io.nearfar.cdi.web.response;

import io.nearfar.cdi.web.response.ResponsePlan.KeyPlan;
import io.nearfar.cdi.web.response.ResponsePlan.Sharing;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which requests a cache may answer, and which responses it may keep (RFC 9111, section 3, and more narrowly). */
final class ResponseRules {
    private static final int OK = 200;
    /** Requests that ask for parts, or say what must not have changed, are the method's own affair. */
    private static final List<String> PAST = List.of("Range", "If-Range", "If-Match", "If-Unmodified-Since");

    private ResponseRules() {}

    /** Tells whether a request may be answered by a response to another one, and its response kept for others. */
    static boolean mayShare(Asked asked, Sharing sharing) {
        boolean isRead = isHead(asked) || asked.method().equals("GET");
        if (!isRead || asked.hasBody() || PAST.stream().anyMatch(name -> asked.header(name) != null)) {
            return false;
        }
        if (sharing.withPrincipal()) {
            return asked.principal() != null;
        }
        return sharing.evenWithAuthorization() || !asked.isAuthorized();
    }

    static boolean isHead(Asked asked) {
        return asked.method().equals("HEAD");
    }

    /**
     * Tells whether a response of JAX-RS may be kept.
     *
     * @param setsCookies whether anything has set cookies that JAX-RS does not know of
     */
    static boolean mayKeep(ContainerResponseContext response, ResponsePlan plan, boolean setsCookies) {
        MediaType type = response.getMediaType();
        boolean hasCookies = setsCookies || response.getHeaders().containsKey(HttpHeaders.SET_COOKIE);
        return response.getStatus() == OK
                && response.hasEntity()
                && type != null
                && !type.isCompatible(new MediaType("text", "event-stream"))
                && !comesInPieces(response.getEntity().getClass())
                && mayKeep(response::getHeaderString, plan, hasCookies);
    }

    /** Tells whether header fields and cookies let a response be kept that can be. */
    static boolean mayKeep(Function<String, @Nullable String> header, ResponsePlan plan, boolean hasCookies) {
        return (!hasCookies || plan.sharing().evenWithCookies())
                && allows(header.apply(HttpHeaders.CACHE_CONTROL), plan.sharing())
                && variesBy(header.apply(HttpHeaders.VARY), plan.key());
    }

    /** Tells whether what is sent is written by and by, by no writer of the whole. */
    private static boolean comesInPieces(Class<?> entity) {
        return Stream.<Class<?>>iterate(entity, type -> type != null, Class::getSuperclass)
                .anyMatch(type -> type.getSimpleName().equals("ChunkedOutput"));
    }

    private static boolean allows(@Nullable String cacheControl, Sharing sharing) {
        Set<String> directives = names(cacheControl, "=");
        return !directives.contains("no-store")
                && !directives.contains("no-cache")
                && (sharing.withPrincipal() || !directives.contains("private"));
    }

    /** What a response varies by, besides what its plan says, nobody would know of the next request. */
    private static boolean variesBy(@Nullable String vary, KeyPlan key) {
        Set<String> names = names(vary, ";");
        names.removeAll(names(vary(key), ";"));
        return names.isEmpty();
    }

    /** Returns the headers that make a difference, as {@code Vary} names them; empty if none does. */
    static String vary(KeyPlan key) {
        Stream<String> accept = key.produced() == null ? Stream.of(HttpHeaders.ACCEPT) : Stream.of();
        return String.join(", ", Stream.concat(accept, key.headers().stream()).toList());
    }

    /** Returns the names in a list of a header, in lower case, without what follows {@code end}. */
    private static Set<String> names(@Nullable String list, String end) {
        Set<String> names = new TreeSet<>();
        if (list != null) {
            Arrays.stream(list.split(","))
                    .map(each -> each.split(end, 2)[0].strip().toLowerCase(Locale.ROOT))
                    .filter(each -> !each.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }
}
