package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.cache.annotation.CacheDefaults;

/** Reads the annotated methods of a bean's class. Safe for use by several threads. */
public final class CacheMethodReader {
    private final Function<Class<? extends Annotation>, Set<Annotation>> stereotypes;

    /** Creates a reader; {@code stereotypes} returns what a stereotype stands for, and an empty set for others. */
    public CacheMethodReader(Function<Class<? extends Annotation>, Set<Annotation>> stereotypes) {
        this.stereotypes = stereotypes;
    }

    /** Tells whether {@code type} itself, or a stereotype of it, has one of the four annotations. */
    public boolean isAnnotated(AnnotatedType<?> type) {
        return !CacheOperation.among(new ClassAnnotations(type, stereotypes)).isEmpty();
    }

    /** Returns the methods of {@code type} around which the container must put the interceptor. */
    public Set<Method> intercepted(AnnotatedType<?> type) {
        Set<Method> methods = new LinkedHashSet<>();
        ClassAnnotations ofClass = new ClassAnnotations(type, stereotypes);
        for (AnnotatedMethod<?> method : BeanMethods.of(type)) {
            if ((operations(method, ofClass).size() == 1 || TagRules.invalidates(method))
                    && BeanMethods.isInterceptable(method.getJavaMember(), type.getJavaClass())) {
                methods.add(method.getJavaMember());
            }
        }
        return methods;
    }

    /** Returns the annotated methods of {@code type}; adds what is wrong with them to {@code findings}. */
    public List<CacheMethod> read(AnnotatedType<?> type, Findings findings) {
        List<CacheMethod> methods = new ArrayList<>();
        ClassAnnotations ofClass = new ClassAnnotations(type, stereotypes);
        CacheDefaults defaults = ofClass.defaults();
        TypeVariables variables = new TypeVariables(type.getJavaClass());
        ClassRules.check(type, CacheOperation.among(ofClass), findings);
        for (AnnotatedMethod<?> method : BeanMethods.of(type)) {
            List<CacheOperation> operations = operations(method, ofClass);
            TagRules tags = new TagRules(method, variables, findings);
            MarkRules.check(method, operations, findings);
            tags.check(operations);
            EntryTimes times = EntryTimes.of(method, operations, findings);
            List<CacheMethod> found = new ArrayList<>();
            if (operations.size() == 1) {
                CacheMembers members = CacheMembers.of(operations.get(0), source(method, ofClass));
                found.add(method(
                        type.getJavaClass(),
                        method,
                        members.withDefaults(defaults),
                        variables,
                        tags.ofEntries(),
                        times));
            }
            for (InvalidateTags annotation : TagRules.annotations(method)) {
                CacheMembers members = CacheMembers.of(annotation).withDefaults(defaults);
                int place =
                        members.afterInvocation() ? found.size() : 0; // the tags first, before the method and after it
                found.add(place, method(type.getJavaClass(), method, members, variables, tags.of(annotation), times));
            }
            for (InvalidatePattern annotation : TagRules.patterns(method)) {
                CacheMembers members = CacheMembers.of(annotation).withDefaults(defaults);
                int place = members.afterInvocation() ? found.size() : 0;
                found.add(place, method(type.getJavaClass(), method, members, variables, tags.of(annotation), times));
            }
            for (Invalidate annotation : TagRules.named(method)) {
                CacheMembers members = CacheMembers.of(annotation);
                int place = members.afterInvocation() ? found.size() : 0;
                found.add(place, method(type.getJavaClass(), method, members, variables, tags.of(annotation), times));
            }
            TagRules.check(found, findings);
            methods.addAll(found);
        }
        methods.forEach(method -> MethodRules.check(method, findings));
        return methods;
    }

    private static List<CacheOperation> operations(AnnotatedMethod<?> method, ClassAnnotations ofClass) {
        List<CacheOperation> own = CacheOperation.among(method::getAnnotation);
        if (!own.isEmpty()) {
            return own;
        }
        List<CacheOperation> ofAll = CacheOperation.among(ofClass);
        boolean isCovered = ofAll.size() == 1
                && ClassRules.covers(ofAll.get(0), method)
                && (ofAll.get(0) != CacheOperation.RESULT || !TagRules.invalidates(method));
        return isCovered ? ofAll : List.of();
    }

    private static AnnotationSource source(AnnotatedMethod<?> method, ClassAnnotations ofClass) {
        return CacheOperation.among(method::getAnnotation).isEmpty() ? ofClass : method::getAnnotation;
    }

    private static CacheMethod method(
            Class<?> beanClass,
            AnnotatedMethod<?> annotated,
            CacheMembers members,
            TypeVariables variables,
            List<TagText> tags,
            EntryTimes times) {
        Method method = annotated.getJavaMember();
        String name = members.cacheName().isEmpty() ? DefaultCacheName.of(method) : members.cacheName();
        return new CacheMethod(
                beanClass,
                method,
                Collections.unmodifiableSet(new LinkedHashSet<>(annotated.getAnnotations())),
                members,
                name,
                MethodParameters.of(members.operation(), parameters(annotated, variables)),
                MethodResult.of(method.getGenericReturnType(), variables),
                List.copyOf(tags),
                times);
    }

    private static List<MethodParameter> parameters(AnnotatedMethod<?> annotated, TypeVariables variables) {
        return annotated.getParameters().stream()
                .sorted(Comparator.comparingInt(AnnotatedParameter::getPosition))
                .map(parameter -> parameter(annotated.getJavaMember(), parameter, variables))
                .toList();
    }

    private static MethodParameter parameter(Method method, AnnotatedParameter<?> parameter, TypeVariables variables) {
        int position = parameter.getPosition();
        return new MethodParameter(
                position,
                method.getParameterTypes()[position],
                variables.resolve(method.getGenericParameterTypes()[position]),
                Collections.unmodifiableSet(new LinkedHashSet<>(parameter.getAnnotations())));
    }
}
