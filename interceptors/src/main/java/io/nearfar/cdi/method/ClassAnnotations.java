package io.nearfar.cdi.method;

import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import javax.cache.annotation.CacheDefaults;
import org.jspecify.annotations.Nullable;

/** The annotations of a bean's class: its own, then those of its stereotypes. */
public final class ClassAnnotations implements AnnotationSource {
    private final AnnotatedType<?> type;
    private final Function<Class<? extends Annotation>, Set<Annotation>> stereotypes;

    /** Reads {@code type}; {@code stereotypes} returns what a stereotype stands for, and nothing for others. */
    public ClassAnnotations(AnnotatedType<?> type, Function<Class<? extends Annotation>, Set<Annotation>> stereotypes) {
        this.type = type;
        this.stereotypes = stereotypes;
    }

    @Override
    public <A extends Annotation> @Nullable A find(Class<A> annotation) {
        A own = type.getAnnotation(annotation);
        return own != null ? own : findInStereotypes(annotation, type.getAnnotations());
    }

    /** Returns the defaults that hold for the bean: of its class, else of the nearest superclass that has some, or null. */
    @Nullable
    CacheDefaults defaults() {
        CacheDefaults found = find(CacheDefaults.class);
        Class<?> superclass = type.getJavaClass().getSuperclass();
        while (found == null && superclass != null) {
            found = superclass.getDeclaredAnnotation(CacheDefaults.class);
            superclass = superclass.getSuperclass();
        }
        return found;
    }

    private <A extends Annotation> @Nullable A findInStereotypes(
            Class<A> annotation, Collection<Annotation> annotations) {
        for (Annotation candidate : annotations) {
            A found = findInStereotype(annotation, stereotypes.apply(candidate.annotationType()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private <A extends Annotation> @Nullable A findInStereotype(Class<A> annotation, Set<Annotation> meanings) {
        for (Annotation meaning : meanings) {
            if (annotation.isInstance(meaning)) {
                return annotation.cast(meaning);
            }
        }
        return meanings.isEmpty() ? null : findInStereotypes(annotation, meanings);
    }
}
