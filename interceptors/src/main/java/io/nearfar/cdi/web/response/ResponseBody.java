package io.nearfar.cdi.web.response;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes of a response what can be kept: its entity is written here, and sent as bytes from then on. */
final class ResponseBody {
    /**
     * What belongs to one connection or one answer, and is never kept (RFC 9111, section 3.1); cookies are of one person, and how
     * long the body is is told anew.
     */
    private static final Set<String> OF_ONE_ANSWER = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "set-cookie",
            "date",
            "age");

    private static final Annotation[] NONE = {};

    private final Providers providers;

    ResponseBody(Providers providers) {
        this.providers = providers;
    }

    /**
     * Returns a response as it can be kept, or null if nobody can write its entity here.
     *
     * @throws IOException what the entity's writer throws
     */
    @Nullable
    KeptResponse of(ContainerResponseContext response, Instant now) throws IOException {
        byte[] body = written(response, response.getEntity(), response.getMediaType());
        if (body == null) {
            return null;
        }
        String type = response.getMediaType().toString();
        List<KeptResponse.Field> fields = new ArrayList<>();
        fields.add(new KeptResponse.Field(HttpHeaders.CONTENT_TYPE, type));
        if (!response.getHeaders().containsKey(HttpHeaders.ETAG)) {
            fields.add(new KeptResponse.Field(HttpHeaders.ETAG, EntityTags.of(type, body)));
        }
        for (Map.Entry<String, List<String>> header :
                response.getStringHeaders().entrySet()) {
            if (isKept(header.getKey())) {
                header.getValue().forEach(value -> fields.add(new KeptResponse.Field(header.getKey(), value)));
            }
        }
        return new KeptResponse(now, List.copyOf(fields), body);
    }

    /** Tells whether a header field is kept with a response; its type is in any case. */
    static boolean isKept(String name) {
        return !name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                && !OF_ONE_ANSWER.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns an object as it is sent, or null if nobody can write it here.
     *
     * @throws IOException what its writer throws
     */
    byte @Nullable [] written(Object entity, Type declared, MediaType type) throws IOException {
        return entity instanceof byte[] bytes
                ? bytes
                : written(entity, genericType(declared, entity), NONE, type, new MultivaluedHashMap<>());
    }

    private byte @Nullable [] written(ContainerResponseContext response, Object entity, MediaType type)
            throws IOException {
        if (entity instanceof byte[] bytes) {
            return bytes;
        }
        Type generic = genericType(response.getEntityType(), entity);
        return written(entity, generic, response.getEntityAnnotations(), type, response.getHeaders());
    }

    private byte @Nullable [] written(
            Object entity,
            Type generic,
            Annotation[] annotations,
            MediaType type,
            MultivaluedMap<String, Object> headers)
            throws IOException {
        Class<?> plain = entity.getClass();
        @SuppressWarnings("unchecked") // what the providers have for a class writes objects of it
        MessageBodyWriter<Object> writer =
                (MessageBodyWriter<Object>) providers.getMessageBodyWriter(plain, generic, annotations, type);
        if (writer == null) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeTo(entity, plain, generic, annotations, type, headers, out);
        return out.toByteArray();
    }

    /** Returns the declared type of an entity; of a stage that has completed, an implementation may still name the stage. */
    private static Type genericType(Type declared, Object entity) {
        Type type = declared instanceof ParameterizedType stage && raw(stage) == CompletionStage.class
                ? stage.getActualTypeArguments()[0]
                : declared;
        return raw(type).isInstance(entity) ? type : entity.getClass();
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }
}
