package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.cache.TagWriter;
import io.nearfar.cdi.method.DefaultCacheName;
import io.nearfar.cdi.method.DurationText;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.method.TagText;
import io.nearfar.cdi.method.TagTexts;
import io.nearfar.cdi.method.TypeVariables;
import io.nearfar.cdi.web.response.ResponsePlan.KeyPlan;
import io.nearfar.cdi.web.response.ResponsePlan.Sharing;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands at one method of a resource, and finds what cannot be meant by it. Used once. */
final class ResponsePlanReader {
    /** What HTTP allows as the name of a field (RFC 9110, section 5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final String EVENTS = "jakarta.ws.rs.sse.SseEventSink";

    private final Class<?> type;
    private final Method method;
    private final Method declared;
    private final CachedResponse annotation;
    private final Findings findings;

    /**
     * Creates a reader.
     *
     * @param type the class of the resource
     * @param method its method, the declaration that has the annotation
     * @param findings takes what cannot be meant
     */
    ResponsePlanReader(Class<?> type, Method method, Findings findings) {
        Method found = ResourceMethods.declared(type, method);
        this.type = ResourceMethods.written(type);
        this.method = method;
        this.declared = found == null ? method : found;
        this.annotation = method.getAnnotation(CachedResponse.class);
        this.findings = findings;
    }

    /** Returns the plan; of no use if there were mistakes. */
    ResponsePlan read() {
        check();
        List<TagText> tags = new TagTexts("@CachedResponse", type, declared, findings)
                .read(annotation.tags(), !Response.class.isAssignableFrom(resultType()));
        Duration timeToLive = length("timeToLive", annotation.timeToLive(), Duration.ofMillis(1));
        Duration maxAge = length("maxAge", annotation.maxAge(), Duration.ZERO);
        KeyPlan key = key();
        return new ResponsePlan(
                annotation.cacheName().isEmpty() ? DefaultCacheName.of(method) : annotation.cacheName(),
                "responses of " + DefaultCacheName.of(method),
                options(timeToLive, length("grace", annotation.grace(), Duration.ZERO)),
                maxAge(maxAge, timeToLive),
                key,
                new TagWriter(tags),
                arguments(tags),
                new Sharing(
                        annotation.privateToPrincipal(),
                        annotation.evenWithAuthorization(),
                        annotation.evenWithCookies()),
                new ResponseFallbackReader(type, method, declared, findings)
                        .read(annotation.fallback(), key.produced()));
    }

    private void check() {
        if (!ResourceMethods.answersGet(type, method)) {
            findings.mistake(ResponseTexts.noGet(method));
        }
        if (!annotation.cacheName().isEmpty() && annotation.cacheName().isBlank()) {
            findings.mistake(ResponseTexts.blankName(method));
        }
        if (annotation.privateToPrincipal() && annotation.evenWithAuthorization()) {
            findings.mistake(ResponseTexts.privateAndShared(method));
        }
        Parameter[] parameters = declared.getParameters();
        if (Arrays.stream(parameters).anyMatch(each -> each.getType().getName().equals(EVENTS))) {
            findings.mistake(ResponseTexts.nothingToKeep(method, "sends events"));
        } else if (method.getReturnType() == void.class
                && Arrays.stream(parameters).noneMatch(each -> each.isAnnotationPresent(Suspended.class))) {
            findings.mistake(ResponseTexts.nothingToKeep(method, "returns nothing"));
        }
    }

    /** Returns the class of what is sent, as far as the method declares it. */
    private Class<?> resultType() {
        if (declared.getGenericReturnType() instanceof ParameterizedType stage
                && CompletionStage.class.isAssignableFrom((Class<?>) stage.getRawType())
                && stage.getActualTypeArguments()[0] instanceof Class<?> value) {
            return value;
        }
        return declared.getReturnType() == void.class ? Response.class : declared.getReturnType();
    }

    private static EntryOptions options(@Nullable Duration timeToLive, @Nullable Duration grace) {
        EntryOptions options = timeToLive == null ? EntryOptions.NONE : EntryOptions.NONE.withTimeToLive(timeToLive);
        return grace == null ? options : options.withGrace(grace);
    }

    private static @Nullable Duration maxAge(@Nullable Duration maxAge, @Nullable Duration timeToLive) {
        if (maxAge == null) {
            return timeToLive;
        }
        return maxAge.isZero() ? null : maxAge;
    }

    private @Nullable Duration length(String member, String text, Duration least) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration length = DurationText.parse(text);
            if (length.compareTo(least) >= 0) {
                return length;
            }
            findings.mistake(
                    ResponseTexts.badLength(method, member, "\"" + text + "\" is too short. Write 1ms or more"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            findings.mistake(ResponseTexts.badLength(method, member, String.valueOf(e.getMessage())));
        }
        return null;
    }

    private KeyPlan key() {
        List<String> parameters = List.of(annotation.parameters());
        for (String name : annotation.vary()) {
            if (!TOKEN.matcher(name).matches() || name.equals("*")) {
                findings.mistake(ResponseTexts.badHeader(method, name));
            }
        }
        if (parameters.contains("*") && parameters.size() > 1) {
            findings.mistake(ResponseTexts.badParameters(
                    method, "name * and others. Write * alone for the whole query, or only the others"));
        } else if (parameters.stream().anyMatch(String::isBlank)) {
            findings.mistake(ResponseTexts.badParameters(
                    method, "have a blank name. Name a parameter; {} alone says that none counts"));
        }
        return new KeyPlan(
                annotation.keyPrefix(),
                ResourceMethods.produced(type, method),
                List.of(annotation.vary()),
                parameters.contains("*") ? null : parameters,
                annotation.privateToPrincipal());
    }

    private Map<Integer, RequestArgument> arguments(List<TagText> tags) {
        Map<Integer, RequestArgument> arguments = new HashMap<>();
        for (TagText tag : tags) {
            for (TagText.Segment segment : tag.segments()) {
                TagText.Place place = segment.place();
                if (place != null && !place.isOfResult()) {
                    add(tag, place, arguments);
                }
            }
        }
        return arguments;
    }

    private void add(TagText tag, TagText.Place place, Map<Integer, RequestArgument> arguments) {
        RequestArgument argument =
                RequestArgument.orNull(declared.getParameters()[place.position()], new TypeVariables(type));
        if (argument == null) {
            findings.mistake(ResponseTexts.unreadable(method, tag.text(), place.position()));
        } else {
            arguments.put(place.position(), argument);
        }
    }
}
