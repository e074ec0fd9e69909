package io.nearfar.cdi.limit;

import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.method.Findings;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What can be wrong between the limited methods of an application, and with the beans that they name. */
public final class LimitCatalogRules {
    private static final Set<LimitKey> OF_REQUESTS =
            EnumSet.of(LimitKey.PRINCIPAL, LimitKey.ADDRESS, LimitKey.HEADER, LimitKey.PARAMETER);

    private final Predicate<Class<?>> isBean;
    private final Findings findings;

    /** Creates the rules; {@code isBean} tells whether the container has exactly one bean of a class. */
    public LimitCatalogRules(Predicate<Class<?>> isBean, Findings findings) {
        this.isBean = isBean;
        this.findings = findings;
    }

    /** Reports on {@code methods}; {@code knowsRequests} tells whether there is a bean that knows the request of a call. */
    public void check(List<LimitedMethod> methods, boolean knowsRequests) {
        List<MethodLimit> limits =
                methods.stream().flatMap(method -> method.limits().stream()).toList();
        limits.forEach(this::checkBeans);
        checkNames(limits);
        limits.stream()
                .filter(limit -> !knowsRequests && needsRequest(limit.annotation()))
                .forEach(limit -> findings.warn(LimitTexts.unknownRequest(limit)));
    }

    /** Reports annotations of {@code interfaces} that the bean of {@code beanClass} does not inherit. */
    public void checkInterfaces(Class<?> beanClass, Collection<Class<?>> interfaces, LimitCatalog catalog) {
        for (Class<?> type : interfaces) {
            if (type.isAssignableFrom(beanClass)) {
                checkInterface(beanClass, type, catalog);
            }
        }
    }

    private void checkInterface(Class<?> beanClass, Class<?> type, LimitCatalog catalog) {
        if (isLimited(type.getAnnotationsByType(RateLimited.class))) {
            findings.warn(LimitTexts.inheritedFromInterface(type, "the interface", beanClass));
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isLimited(method.getAnnotationsByType(RateLimited.class)) && catalog.find(beanClass, method) == null) {
                findings.warn(LimitTexts.inheritedFromInterface(type, method.getName(), beanClass));
            }
        }
    }

    private static boolean isLimited(RateLimited[] annotations) {
        return annotations.length > 0;
    }

    private static boolean needsRequest(RateLimited annotation) {
        boolean isResolved = annotation.keyResolver() != LimitKeyResolver.class;
        return (!isResolved && OF_REQUESTS.contains(annotation.key())) || annotation.exemptRoles().length > 0;
    }

    private void checkBeans(MethodLimit limit) {
        RateLimited annotation = limit.annotation();
        if (annotation.keyResolver() != LimitKeyResolver.class && !isBean.test(annotation.keyResolver())) {
            findings.mistake(LimitTexts.noBean(limit.place(), "keyResolver", annotation.keyResolver()));
        }
        if (annotation.tiers() != LimitTierResolver.class && !isBean.test(annotation.tiers())) {
            findings.mistake(LimitTexts.noBean(limit.place(), "tiers", annotation.tiers()));
        }
    }

    private void checkNames(List<MethodLimit> limits) {
        Map<String, MethodLimit> firstOfName = new HashMap<>();
        for (MethodLimit limit : limits) {
            MethodLimit first = firstOfName.putIfAbsent(limit.limit().name(), limit);
            boolean differ = first != null
                    && (first.limit().permits() != limit.limit().permits()
                            || first.limit().mode() != limit.limit().mode()
                            || !first.limit().window().equals(limit.limit().window()));
            if (differ) {
                findings.warn(LimitTexts.differentLimits(first, limit));
            }
        }
    }
}
