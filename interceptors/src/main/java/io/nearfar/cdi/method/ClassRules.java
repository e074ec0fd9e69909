package io.nearfar.cdi.method;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundConstruct;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import javax.cache.annotation.CacheValue;

/** What an annotation at a class means for its methods, and what is wrong with it. */
public final class ClassRules {
    private static final List<Class<? extends Annotation>> NOT_BUSINESS = List.of(
            PostConstruct.class,
            PreDestroy.class,
            AroundInvoke.class,
            AroundConstruct.class,
            AroundTimeout.class,
            Inject.class,
            Produces.class);

    private ClassRules() {}

    /** Reports two annotations at one class. */
    static void check(AnnotatedType<?> type, List<CacheOperation> operations, Findings findings) {
        if (operations.size() > 1) {
            findings.mistake(Texts.severalAtClass(type.getJavaClass(), operations));
        }
    }

    /**
     * Tells whether the annotation of {@code operation} at a class holds for {@code method}, which has none of its own:
     * it does for every method that other beans call, with a result to store or a value to put where that is needed.
     */
    static boolean covers(CacheOperation operation, AnnotatedMethod<?> method) {
        if (!isBusiness(method)) {
            return false;
        }
        return switch (operation) {
            case RESULT -> method.getJavaMember().getReturnType() != void.class;
            case PUT -> hasParameter(method, CacheValue.class);
            case REMOVE, REMOVE_ALL, INVALIDATE_TAGS, INVALIDATE_PATTERN, INVALIDATE -> true;
        };
    }

    /** Tells whether other beans call that method: it is neither private nor static, and the container does not call it. */
    public static boolean isBusiness(AnnotatedMethod<?> method) {
        Method member = method.getJavaMember();
        return (member.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && NOT_BUSINESS.stream().noneMatch(method::isAnnotationPresent)
                && !hasParameter(method, Observes.class)
                && !hasParameter(method, ObservesAsync.class)
                && !hasParameter(method, Disposes.class);
    }

    private static boolean hasParameter(AnnotatedMethod<?> method, Class<? extends Annotation> annotation) {
        return method.getParameters().stream()
                .anyMatch((AnnotatedParameter<?> parameter) -> parameter.isAnnotationPresent(annotation));
    }
}
