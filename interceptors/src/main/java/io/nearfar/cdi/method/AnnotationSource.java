package io.nearfar.cdi.method;

import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** Where annotations are looked up: a method, or a class with its stereotypes. */
@FunctionalInterface
interface AnnotationSource {
    /** Returns the annotation of that type, or null. */
    <A extends Annotation> @Nullable A find(Class<A> type);
}
