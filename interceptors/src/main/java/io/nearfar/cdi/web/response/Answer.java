package io.nearfar.cdi.web.response;

import io.nearfar.cdi.web.response.KeptResponse.Field;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kept response as the answer to one request: the whole, or 304 if the client has it (RFC 9110, sections 13.1 and 15.4.5).
 *
 * @param status 200 or 304
 * @param fields its header fields
 * @param body its content, or null for 304
 */
record Answer(int status, List<Field> fields, byte @Nullable [] body) {
    private static final Annotation[] NONE = {};
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    /** What a 304 tells, besides what this class adds. */
    private static final Set<String> OF_NOT_MODIFIED =
            Set.of("etag", "content-location", "expires", "last-modified", "cache-control", "vary");

    /**
     * Returns the answer that is due.
     *
     * @param age how old the response is, or null if it has just been made
     */
    static Answer of(Asked request, ResponsePlan plan, KeptResponse kept, @Nullable Duration age) {
        boolean isKnown = isKnown(request, kept);
        List<Field> fields = new ArrayList<>();
        kept.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(HttpHeaders.VARY))
                .filter(field ->
                        !isKnown || OF_NOT_MODIFIED.contains(field.name().toLowerCase(Locale.ROOT)))
                .forEach(fields::add);
        if (kept.field(HttpHeaders.CACHE_CONTROL) == null) {
            fields.add(new Field(HttpHeaders.CACHE_CONTROL, cacheControl(request, plan)));
        }
        String vary = ResponseRules.vary(plan.key());
        if (!vary.isEmpty()) { // what the method itself has said is part of it
            fields.add(new Field(HttpHeaders.VARY, vary));
        }
        if (age != null) {
            fields.add(new Field("Age", String.valueOf(Math.max(0, age.toSeconds()))));
        }
        return new Answer(isKnown ? NOT_MODIFIED : OK, fields, isKnown ? null : kept.body());
    }

    /** Returns the answer that is a fallback: of this request alone. */
    static Answer instead(String type, byte[] body) {
        return new Answer(
                OK,
                List.of(new Field(HttpHeaders.CONTENT_TYPE, type), new Field(HttpHeaders.CACHE_CONTROL, "no-store")),
                body);
    }

    /** Returns it as the end of a request. */
    Response response() {
        Response.ResponseBuilder builder = Response.status(status);
        fields.forEach(field -> builder.header(field.name(), field.value()));
        return body == null ? builder.build() : builder.entity(body).build();
    }

    /** Sends it in the place of what was not sent yet. */
    void send(HttpServletResponse response) throws IOException {
        response.reset();
        write(response, true);
        response.flushBuffer();
    }

    /** Writes it to a response of which nothing is written, and leaves the fields that others have set, unless it sets them. */
    void write(HttpServletResponse response, boolean withBody) throws IOException {
        response.setStatus(status);
        Set<String> written = new HashSet<>();
        for (Field field : fields) {
            if (written.add(field.name().toLowerCase(Locale.ROOT))) {
                response.setHeader(field.name(), field.value());
            } else {
                response.addHeader(field.name(), field.value());
            }
        }
        if (body != null) {
            response.setContentLength(body.length);
            if (withBody) {
                response.getOutputStream().write(body);
            }
        }
    }

    /** Puts it in the place of a response, of which the cookies are left. */
    void replace(ContainerResponseContext response) {
        List<Object> cookies = response.getHeaders().get(HttpHeaders.SET_COOKIE);
        response.getHeaders().clear();
        response.setStatus(status);
        if (body == null) {
            response.setEntity(null);
        } else {
            response.setEntity(body, NONE, MediaType.valueOf(type()));
        }
        fields.stream()
                .filter(field -> !field.name().equals(HttpHeaders.CONTENT_TYPE))
                .forEach(field -> response.getHeaders().add(field.name(), field.value()));
        if (cookies != null) {
            response.getHeaders().put(HttpHeaders.SET_COOKIE, cookies);
        }
    }

    private String type() {
        return fields.stream()
                .filter(field -> field.name().equals(HttpHeaders.CONTENT_TYPE))
                .map(Field::value)
                .findFirst()
                .orElse(MediaType.APPLICATION_OCTET_STREAM);
    }

    /** To whom it is private knows the cache in this process, not one on the way to the client. */
    private static String cacheControl(Asked request, ResponsePlan plan) {
        Duration maxAge = plan.maxAge();
        boolean isPrivate = plan.sharing().withPrincipal() || request.isAuthorized();
        return (isPrivate ? "private, " : "public, ") + (maxAge == null ? "no-cache" : "max-age=" + maxAge.toSeconds());
    }

    private static boolean isKnown(Asked request, KeptResponse kept) {
        String tags = request.header(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            return EntityTags.matches(tags, kept.field(HttpHeaders.ETAG));
        }
        Instant known = instant(request.header(HttpHeaders.IF_MODIFIED_SINCE));
        Instant modified = instant(kept.field(HttpHeaders.LAST_MODIFIED));
        return known != null && modified != null && !modified.isAfter(known);
    }

    private static @Nullable Instant instant(@Nullable String date) {
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip()));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
