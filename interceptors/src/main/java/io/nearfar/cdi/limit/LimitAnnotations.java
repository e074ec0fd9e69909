package io.nearfar.cdi.limit;

import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.method.BeanMethods;
import io.nearfar.cdi.method.ClassAnnotations;
import io.nearfar.cdi.method.ClassRules;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The annotations that hold for the methods of one bean, and where each of them stands. */
final class LimitAnnotations {
    private final List<Placed> ofClass;
    private final Set<String> fallbacks;

    /**
     * An annotation in its place.
     *
     * @param annotation the annotation
     * @param place where it stands
     */
    record Placed(RateLimited annotation, LimitPlace place) {}

    /** Reads {@code type}; {@code stereotypes} returns what a stereotype stands for, and nothing for others. */
    LimitAnnotations(AnnotatedType<?> type, Function<Class<? extends Annotation>, Set<Annotation>> stereotypes) {
        LimitPlace place = new LimitPlace(holder(type.getJavaClass()), null);
        this.ofClass = atClass(type, stereotypes).stream()
                .map(annotation -> new Placed(annotation, place))
                .toList();
        this.fallbacks = fallbacks(type);
    }

    /** Tells whether the class, or a stereotype of it, has some. */
    boolean isAtClass() {
        return !ofClass.isEmpty();
    }

    /** Returns those that hold for a method: its own, then those of the class. */
    List<Placed> of(AnnotatedMethod<?> method) {
        Method member = method.getJavaMember();
        LimitPlace place = new LimitPlace(member.getDeclaringClass(), member);
        List<Placed> all = new ArrayList<>();
        at(method).forEach(annotation -> all.add(new Placed(annotation, place)));
        if (ClassRules.isBusiness(method) && !isOfObject(member) && !fallbacks.contains(member.getName())) {
            all.addAll(ofClass);
        }
        return all;
    }

    /** Returns those that stand at one place, repeated ones too. */
    static List<RateLimited> at(Annotated annotated) {
        return joined(annotated.getAnnotation(RateLimited.class), annotated.getAnnotation(RateLimited.List.class));
    }

    private static List<RateLimited> atClass(
            AnnotatedType<?> type, Function<Class<? extends Annotation>, Set<Annotation>> stereotypes) {
        ClassAnnotations annotations = new ClassAnnotations(type, stereotypes);
        List<RateLimited> all = joined(annotations.find(RateLimited.class), annotations.find(RateLimited.List.class));
        Class<?> superclass = type.getJavaClass().getSuperclass();
        List<RateLimited> own = List.of(type.getJavaClass().getDeclaredAnnotationsByType(RateLimited.class));
        if (superclass != null && !own.isEmpty()) { // then nothing is inherited; Java would add a list to a single one
            List<RateLimited> inherited = List.of(superclass.getAnnotationsByType(RateLimited.class));
            all.removeIf(each -> inherited.contains(each) && !own.contains(each));
        }
        return all;
    }

    private static List<RateLimited> joined(@Nullable RateLimited one, RateLimited.@Nullable List several) {
        List<RateLimited> all = new ArrayList<>();
        if (one != null) {
            all.add(one);
        }
        if (several != null) {
            all.addAll(Arrays.asList(several.value()));
        }
        return all;
    }

    /** Returns the class at which what holds for {@code beanClass} stands: its own, or the one that it inherits from. */
    private static Class<?> holder(Class<?> beanClass) {
        Class<?> type = beanClass;
        while (type != null && type.getDeclaredAnnotationsByType(RateLimited.class).length == 0) {
            type = type.getSuperclass();
        }
        return type == null ? beanClass : type;
    }

    /** Returns the names of the methods that answer refused calls: what stands at the class does not hold for them. */
    private Set<String> fallbacks(AnnotatedType<?> type) {
        Set<String> names = new HashSet<>();
        ofClass.forEach(placed -> names.add(placed.annotation().fallbackMethod()));
        BeanMethods.of(type).forEach(method -> at(method).forEach(each -> names.add(each.fallbackMethod())));
        return names;
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
