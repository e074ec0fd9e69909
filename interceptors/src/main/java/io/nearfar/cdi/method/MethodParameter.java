package io.nearfar.cdi.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * A parameter of an annotated method.
 *
 * @param position its place in the list of arguments, from 0
 * @param rawType its type as the method declares it
 * @param type its type with what the bean's class says about type variables
 * @param annotations its annotations, immutable
 */
public record MethodParameter(int position, Class<?> rawType, Type type, Set<Annotation> annotations) {
    /** Tells whether an annotation of that type stands at the parameter. */
    boolean has(Class<? extends Annotation> annotation) {
        return annotations.stream().anyMatch(annotation::isInstance);
    }
}
