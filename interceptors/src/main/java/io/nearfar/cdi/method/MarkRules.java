package io.nearfar.cdi.method;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheValue;

/** What can be wrong with the annotations that stand at a method and its parameters, before their members are read. */
final class MarkRules {
    private MarkRules() {}

    /** Reports what is wrong with {@code method}, for which {@code operations} were found. */
    static void check(AnnotatedMethod<?> method, List<CacheOperation> operations, Findings findings) {
        if (operations.size() > 1) {
            findings.mistake(Texts.severalAtMethod(method.getJavaMember(), operations));
        }
        checkMarks(method, operations, findings);
        checkValues(method, operations, findings);
        checkBoth(method, findings);
    }

    private static void checkMarks(AnnotatedMethod<?> method, List<CacheOperation> operations, Findings findings) {
        if (operations.isEmpty() && count(method, CacheKey.class) + count(method, CacheValue.class) > 0) {
            findings.warn(Texts.marksWithoutOperation(method.getJavaMember()));
        }
        if (operations.equals(List.of(CacheOperation.REMOVE_ALL)) && count(method, CacheKey.class) > 0) {
            findings.warn(Texts.keyOfRemoveAll(method.getJavaMember()));
        }
    }

    private static void checkValues(AnnotatedMethod<?> method, List<CacheOperation> operations, Findings findings) {
        Method member = method.getJavaMember();
        long values = count(method, CacheValue.class);
        if (!operations.contains(CacheOperation.PUT)) {
            if (values > 0 && !operations.isEmpty()) {
                findings.mistake(Texts.valueWithoutPut(member, operations.get(0)));
            }
        } else if (values != 1) {
            findings.mistake(values == 0 ? Texts.putWithoutValue(member) : Texts.severalValues(member));
        }
    }

    private static void checkBoth(AnnotatedMethod<?> method, Findings findings) {
        boolean both = method.getParameters().stream()
                .anyMatch(parameter -> parameter.isAnnotationPresent(CacheKey.class)
                        && parameter.isAnnotationPresent(CacheValue.class));
        if (both) {
            findings.mistake(Texts.keyAndValue(method.getJavaMember()));
        }
    }

    private static long count(AnnotatedMethod<?> method, Class<? extends Annotation> annotation) {
        return method.getParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(annotation))
                .count();
    }
}
