package io.nearfar.cdi.method;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

/** What can be wrong between the members of an annotation and the method that it stands at. */
final class MethodRules {
    private static final List<Class<?>> READ_ONCE =
            List.of(BaseStream.class, Iterator.class, Enumeration.class, Flow.Publisher.class, Closeable.class);

    private MethodRules() {}

    /** Reports what is wrong with {@code method}. */
    static void check(CacheMethod method, Findings findings) {
        checkInterception(method, findings);
        checkNames(method, findings);
        checkFilters(method, findings);
        checkStages(method, findings);
        if (method.operation() == CacheOperation.RESULT) {
            checkResult(method, findings);
        }
        boolean hasKeys = method.operation() != CacheOperation.REMOVE_ALL
                && !method.operation().isInvalidation();
        if (hasKeys && !method.hasOwnKeys()) {
            checkKeys(method, findings);
        }
    }

    private static void checkInterception(CacheMethod method, Findings findings) {
        if (!BeanMethods.isInterceptable(method.method(), method.beanClass())) {
            findings.mistake(Texts.notInterceptable(method, BeanMethods.obstacle(method.method())));
        }
    }

    private static void checkNames(CacheMethod method, Findings findings) {
        boolean isNamed = !method.members().cacheName().isEmpty() || method.hasOwnResolver();
        if (method.cacheName().isBlank()) {
            findings.mistake(Texts.blankName(method));
        } else if (method.operation().isInvalidation() && !isNamed) {
            findings.mistake(Texts.invalidationWithoutCache(method));
        }
        if (method.storesExceptions() && method.members().exceptionCacheName().equals(method.cacheName())) {
            findings.mistake(Texts.exceptionsAmongValues(method));
        }
    }

    private static void checkFilters(CacheMethod method, Findings findings) {
        ExceptionFilter filter = method.members().exceptions();
        filter.contradictions().forEach(type -> findings.mistake(Texts.contradiction(method, type)));
        if (filter.isEmpty()) {
            return;
        }
        if (method.operation() == CacheOperation.RESULT && !method.storesExceptions()) {
            findings.warn(Texts.filterWithoutCache(method));
        } else if (!method.members().afterInvocation()) {
            findings.warn(Texts.filterBeforeInvocation(method));
        }
    }

    private static void checkStages(CacheMethod method, Findings findings) {
        Class<?> declared = method.result().declared();
        if (CompletionStage.class.isAssignableFrom(declared) && !method.result().isStage()) {
            findings.mistake(Texts.strangeStage(method, declared));
        }
    }

    private static void checkResult(CacheMethod method, Findings findings) {
        Class<?> declared = method.result().declared();
        if (method.result().isVoid()) {
            findings.mistake(Texts.voidResult(method));
        } else if (Future.class.isAssignableFrom(declared) && !CompletionStage.class.isAssignableFrom(declared)) {
            findings.mistake(Texts.future(method));
        } else if (READ_ONCE.stream()
                .anyMatch(type -> type.isAssignableFrom(method.result().raw()))) {
            findings.mistake(Texts.readOnce(method, method.result().raw()));
        }
    }

    private static void checkKeys(CacheMethod method, Findings findings) {
        for (MethodParameter parameter : method.parameters().keys()) {
            if (lacksEquals(parameter.rawType())) {
                findings.warn(Texts.keyWithoutEquals(method, parameter));
            }
        }
    }

    private static boolean lacksEquals(Class<?> type) {
        boolean isOpen = type.isInterface() || type.isArray() || type.isPrimitive() || type == Object.class;
        return !isOpen
                && !type.isEnum()
                && type != Class.class
                && !Modifier.isAbstract(type.getModifiers())
                && equalsOf(type).getDeclaringClass() == Object.class;
    }

    private static Method equalsOf(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every class has equals(Object): " + type.getName(), e);
        }
    }
}
