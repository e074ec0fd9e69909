package io.nearfar.cdi.web.response;

import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.method.TypeVariables;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds the fallback of a resource's method, and what cannot be meant by it. */
final class ResponseFallbackReader {
    private final Class<?> type;
    private final Method method;
    private final Method declared;
    private final Findings findings;
    private final TypeVariables variables;

    /**
     * Creates a reader.
     *
     * @param type the class of the resource
     * @param method its method, the declaration that has the annotation
     * @param declared its declaration by which JAX-RS goes
     * @param findings takes what cannot be meant
     */
    ResponseFallbackReader(Class<?> type, Method method, Method declared, Findings findings) {
        this.type = type;
        this.method = method;
        this.declared = declared;
        this.findings = findings;
        this.variables = new TypeVariables(type);
    }

    /**
     * Returns the fallback, or null if there is none.
     *
     * @param name that of the method, or empty
     * @param produced the one media type of the method, or null
     */
    @Nullable
    ResponseFallback read(String name, @Nullable String produced) {
        if (name.isEmpty()) {
            return null;
        }
        Method found = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isSynthetic())
                .filter(this::fits)
                .max(Comparator.comparing(Method::getParameterCount))
                .orElse(null);
        if (found == null || !found.trySetAccessible()) {
            findings.mistake(ResponseTexts.noFallback(method, name));
        } else if (produced == null) {
            findings.mistake(ResponseTexts.fallbackWithoutType(method));
        } else {
            return new ResponseFallback(found, arguments(found), produced);
        }
        return null;
    }

    private boolean fits(Method candidate) {
        Class<?> result = candidate.getReturnType();
        return !candidate.equals(method)
                && (candidate.getParameterCount() == 0 || classes(candidate).equals(classes(declared)))
                && result != void.class
                && !Response.class.isAssignableFrom(result)
                && !CompletionStage.class.isAssignableFrom(result);
    }

    private List<? extends Class<?>> classes(Method each) {
        return Arrays.stream(each.getGenericParameterTypes())
                .map(variables::raw)
                .toList();
    }

    private List<RequestArgument> arguments(Method found) {
        List<RequestArgument> arguments = new ArrayList<>();
        Parameter[] parameters = declared.getParameters();
        for (int i = 0; i < found.getParameterCount(); i++) {
            RequestArgument argument = RequestArgument.orNull(parameters[i], variables);
            if (argument == null) {
                findings.mistake(ResponseTexts.unreadableFallback(method, i));
            } else {
                arguments.add(argument);
            }
        }
        return List.copyOf(arguments);
    }
}
