package io.nearfar.cdi;

import io.nearfar.cdi.method.ClassAnnotations;
import io.nearfar.cdi.method.Findings;
import jakarta.decorator.Decorator;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Annotated classes whose calls no interceptor sees, since the container does not make their objects: classes that are no beans,
 * and those of what producers return.
 */
final class BareClasses {
    private static final String OF_CACHES = "NF0859 The cache annotations in %s have no effect: ";
    private static final String OF_LIMITS = "NF0894 @RateLimited in %s has no effect: ";
    private static final String CURE =
            "no bean has that class, or a producer makes its objects, or another extension has taken it away; the container intercepts"
                    + " calls only of objects that it has made itself. Give the class a scope and a constructor that the container can"
                    + " call, or do the same in code.";

    private final String text;
    private final BiPredicate<AnnotatedType<?>, BeanManager> isAnnotated;
    private final Set<Class<?>> classes = new LinkedHashSet<>();

    private BareClasses(String text, BiPredicate<AnnotatedType<?>, BeanManager> isAnnotated) {
        this.text = text + CURE;
        this.isAnnotated = isAnnotated;
    }

    /** Returns those with annotations of caches, which {@code isAnnotated} finds. */
    static BareClasses ofCaches(BiPredicate<AnnotatedType<?>, BeanManager> isAnnotated) {
        return new BareClasses(OF_CACHES, isAnnotated);
    }

    /** Returns those with annotations of limits, which {@code isAnnotated} finds. */
    static BareClasses ofLimits(BiPredicate<AnnotatedType<?>, BeanManager> isAnnotated) {
        return new BareClasses(OF_LIMITS, isAnnotated);
    }

    /**
     * Notes a class; it is told of unless a bean has it. Not what may be no bean on purpose: what has subclasses, and what has to
     * be selected; nor an interceptor or a decorator, which the container calls and nobody else.
     */
    void add(AnnotatedType<?> type, BeanManager beans) {
        if (!Modifier.isAbstract(type.getJavaClass().getModifiers())
                && !type.isAnnotationPresent(Interceptor.class)
                && !type.isAnnotationPresent(Decorator.class)
                && isAnnotated(type, beans)
                && new ClassAnnotations(type, each -> NearfarExtension.meanings(each, beans)).find(Alternative.class)
                        == null) {
            classes.add(type.getJavaClass());
        }
    }

    /** Notes the classes that a bean can be seen as, if a producer makes it. */
    void add(ProcessBean<?> event, BeanManager beans) {
        if (event instanceof ProcessProducerMethod || event instanceof ProcessProducerField) {
            for (Type type : event.getBean().getTypes()) {
                if (type instanceof Class<?> javaClass
                        && mayBeAnnotated(javaClass)
                        && isProductAnnotated(javaClass, beans)) {
                    classes.add(javaClass);
                }
            }
        }
    }

    /** Warns of those that neither are among the classes of beans nor have a subclass there. */
    void report(Collection<Class<?>> ofBeans, Findings findings) {
        classes.stream()
                .filter(type -> ofBeans.stream().noneMatch(type::isAssignableFrom))
                .forEach(type -> findings.warn(text.formatted(type.getName())));
    }

    private boolean isProductAnnotated(Class<?> type, BeanManager beans) {
        try {
            return isAnnotated.test(beans.createAnnotatedType(type), beans);
        } catch (LinkageError
                | RuntimeException e) { // it needs classes that are not there, which concern nobody until it is used
            return false;
        }
    }

    private boolean isAnnotated(AnnotatedType<?> type, BeanManager beans) {
        try {
            return isAnnotated.test(type, beans);
        } catch (LinkageError | TypeNotPresentException e) { // likewise
            return false;
        }
    }

    private static boolean mayBeAnnotated(Class<?> type) {
        return !type.isInterface()
                && !type.isArray()
                && !type.isPrimitive()
                && !type.getName().startsWith("java.");
    }
}
