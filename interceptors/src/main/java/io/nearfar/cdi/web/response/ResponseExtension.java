package io.nearfar.cdi.web.response;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.method.Findings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds every mistake in annotations of cached responses at deployment. Does nothing where there is no JAX-RS. The container finds
 * it by its service file.
 */
public class ResponseExtension implements Extension {
    private final Set<Class<?>> types = new LinkedHashSet<>();

    void collect(@Observes @WithAnnotations(CachedResponse.class) ProcessAnnotatedType<?> event) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        if (event.getAnnotatedType().getMethods().stream().anyMatch(ResponseExtension::isCached) && !isOpen(type)) {
            types.add(type);
        }
    }

    void validate(@Observes AfterDeploymentValidation event) {
        if (types.isEmpty() || !hasRest()) {
            return;
        }
        List<String> mistakes = MistakeFinder.find(types);
        if (!mistakes.isEmpty()) {
            event.addDeploymentProblem(new DefinitionException("NF0800 " + mistakes.size()
                    + " mistake(s) in annotations:\n  - " + String.join("\n  - ", mistakes)));
        }
    }

    /** What type variables stand for, subclasses say alone, and with them what they inherit is read. */
    private static boolean isOpen(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) && type.getTypeParameters().length > 0;
    }

    private static boolean isCached(AnnotatedMethod<?> method) {
        return method.isAnnotationPresent(CachedResponse.class);
    }

    private static boolean hasRest() {
        try {
            Class.forName("jakarta.ws.rs.GET", false, ResponseExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Loaded only where JAX-RS is there. */
    private static final class MistakeFinder {
        private MistakeFinder() {}

        static List<String> find(Set<Class<?>> types) {
            Findings findings = new Findings();
            List<Class<?>> sorted = new ArrayList<>(types);
            sorted.sort(Comparator.comparing(Class::getName));
            for (Class<?> type : sorted) {
                Arrays.stream(type.getMethods())
                        .filter(method -> !method.isSynthetic() && method.isAnnotationPresent(CachedResponse.class))
                        .sorted(Comparator.comparing(Method::toString))
                        .forEach(method -> new ResponsePlanReader(type, method, findings).read());
            }
            return findings.mistakes();
        }
    }
}
