package io.nearfar.cdi.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong between the annotated methods of an application. All of it is reported as a warning. */
public final class CatalogRules {
    private final Findings findings;

    /** Creates the rules; what they find goes to {@code findings}. */
    public CatalogRules(Findings findings) {
        this.findings = findings;
    }

    /** Reports on {@code methods}; {@code injected} are the names of the caches that beans have injected. */
    public void check(List<CacheMethod> methods, Set<String> injected) {
        List<CacheMethod> plain = methods.stream()
                .filter(method -> !method.hasOwnResolver() && !method.hasOwnKeys())
                .toList();
        checkValues(plain.stream().filter(CacheMethod::fills).toList());
        checkInherited(plain.stream().filter(CacheMethod::fills).toList());
        checkExceptions(plain.stream().filter(CacheMethod::storesExceptions).toList());
        checkRemovals(methods, injected);
    }

    private void checkValues(List<CacheMethod> methods) {
        Map<String, CacheMethod> firstOfKey = new HashMap<>();
        for (CacheMethod method : methods) {
            CacheMethod first = firstOfKey.putIfAbsent(method.cacheName() + keyTypes(method), method);
            if (first != null && !areRelated(first, method)) {
                findings.warn(Texts.unrelatedValues(first, method, valueText(first), valueText(method)));
            }
        }
    }

    private void checkInherited(List<CacheMethod> methods) {
        Map<String, CacheMethod> firstOfMethod = new HashMap<>();
        for (CacheMethod method : methods) {
            CacheMethod first = firstOfMethod.putIfAbsent(method.cacheName() + " " + method.method(), method);
            if (first != null && first.beanClass() != method.beanClass() && areRelated(first, method)) {
                findings.warn(Texts.sharedByBeans(first, method));
            }
        }
    }

    private void checkExceptions(List<CacheMethod> methods) {
        Map<String, CacheMethod> firstOfKey = new HashMap<>();
        for (CacheMethod method : methods) {
            String key = method.members().exceptionCacheName() + keyTypes(method);
            CacheMethod first = firstOfKey.putIfAbsent(key, method);
            if (first != null && !first.cacheName().equals(method.cacheName())) {
                findings.warn(Texts.sharedExceptions(first, method));
            }
        }
    }

    private void checkRemovals(List<CacheMethod> methods, Set<String> injected) {
        Set<String> filled = methods.stream()
                .filter(CacheMethod::fills)
                .map(CacheMethod::cacheName)
                .collect(Collectors.toSet());
        methods.stream()
                .filter(method -> !method.fills() && !method.hasOwnResolver())
                .filter(method -> !method.operation().isInvalidation())
                .filter(method -> method.members().cacheName().isEmpty())
                .filter(method -> !filled.contains(method.cacheName()) && !injected.contains(method.cacheName()))
                .forEach(method -> findings.warn(Texts.neverFilled(method)));
    }

    private static boolean areRelated(CacheMethod first, CacheMethod second) {
        Class<?> one = valueClass(first);
        Class<?> other = valueClass(second);
        if (one == other) {
            return valueText(first).equals(valueText(second));
        }
        return one.isAssignableFrom(other) || other.isAssignableFrom(one);
    }

    private static Class<?> valueClass(CacheMethod method) {
        return variables(method).boxed(method.valueType());
    }

    private static String valueText(CacheMethod method) {
        return variables(method).text(method.valueType()).replace("? extends ", "");
    }

    private static String keyTypes(CacheMethod method) {
        TypeVariables variables = variables(method);
        List<String> types = new ArrayList<>();
        for (MethodParameter parameter : method.parameters().keys()) {
            types.add(variables.boxed(parameter.type()).getName());
        }
        return types.toString();
    }

    private static TypeVariables variables(CacheMethod method) {
        return new TypeVariables(method.beanClass());
    }
}
