package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.BeanMethods;
import io.nearfar.cdi.method.Findings;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the limited methods of a bean's class. Safe for use by several threads. */
public final class LimitedMethodReader {
    private final Function<Class<? extends Annotation>, Set<Annotation>> stereotypes;

    /** Creates a reader; {@code stereotypes} returns what a stereotype stands for, and an empty set for others. */
    public LimitedMethodReader(Function<Class<? extends Annotation>, Set<Annotation>> stereotypes) {
        this.stereotypes = stereotypes;
    }

    /** Tells whether {@code type} itself, or a stereotype of it, is limited. */
    public boolean isAnnotated(AnnotatedType<?> type) {
        return new LimitAnnotations(type, stereotypes).isAtClass();
    }

    /** Returns the methods of {@code type} around which the container must put the interceptor. */
    public Set<Method> intercepted(AnnotatedType<?> type) {
        Set<Method> methods = new LinkedHashSet<>();
        LimitAnnotations annotations = new LimitAnnotations(type, stereotypes);
        for (AnnotatedMethod<?> method : BeanMethods.of(type)) {
            if (!annotations.of(method).isEmpty()
                    && BeanMethods.isInterceptable(method.getJavaMember(), type.getJavaClass())) {
                methods.add(method.getJavaMember());
            }
        }
        return methods;
    }

    /** Returns the limited methods of {@code type}; adds what is wrong with them to {@code findings}. */
    public List<LimitedMethod> read(AnnotatedType<?> type, Findings findings) {
        List<LimitedMethod> methods = new ArrayList<>();
        LimitAnnotations annotations = new LimitAnnotations(type, stereotypes);
        for (AnnotatedMethod<?> annotated : BeanMethods.of(type)) {
            List<LimitAnnotations.Placed> placed = annotations.of(annotated);
            if (!placed.isEmpty()) {
                LimitRules rules = new LimitRules(type.getJavaClass(), annotated.getJavaMember(), findings);
                methods.add(new LimitedMethod(type.getJavaClass(), annotated.getJavaMember(), rules.read(placed)));
            }
        }
        return methods;
    }
}
