package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import java.lang.reflect.Method;
import java.util.Collection;

/** Finds annotations that stand at methods of interfaces, where they have no effect (JSR-107, JLS 9.6.4.3). */
public final class InterfaceRules {
    private final CacheCatalog catalog;
    private final Findings findings;

    /** Creates the rules; what they find goes to {@code findings}. */
    public InterfaceRules(CacheCatalog catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    /** Reports on the bean of {@code beanClass}; {@code interfaces} are all that have such annotations. */
    public void check(Class<?> beanClass, Collection<Class<?>> interfaces) {
        for (Class<?> type : interfaces) {
            if (type.isAssignableFrom(beanClass)) {
                checkMethods(beanClass, type);
            }
        }
    }

    private static boolean isAnnotated(Method method) {
        return !CacheOperation.among(method::getAnnotation).isEmpty()
                || method.getAnnotationsByType(InvalidateTags.class).length > 0
                || method.getAnnotationsByType(InvalidatePattern.class).length > 0
                || method.getAnnotationsByType(Invalidate.class).length > 0
                || method.isAnnotationPresent(CacheTags.class);
    }

    private void checkMethods(Class<?> beanClass, Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (isAnnotated(method) && catalog.find(beanClass, method) == null) {
                findings.warn(Texts.inheritedFromInterface(method, beanClass));
            }
        }
    }
}
