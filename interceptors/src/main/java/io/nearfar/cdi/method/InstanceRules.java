package io.nearfar.cdi.method;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.function.Predicate;

/** Finds key generators and resolver factories of which there can be no object. */
public final class InstanceRules {
    private final Predicate<Class<?>> isBean;
    private final Findings findings;

    /** Creates the rules; {@code isBean} tells whether the container has exactly one bean of a class. */
    public InstanceRules(Predicate<Class<?>> isBean, Findings findings) {
        this.isBean = isBean;
        this.findings = findings;
    }

    /** Reports on what {@code method} names. */
    public void check(CacheMethod method) {
        if (method.hasOwnKeys()) {
            check(method, "cacheKeyGenerator", method.members().keyGenerator());
        }
        if (method.hasOwnResolver()) {
            check(method, "cacheResolverFactory", method.members().resolverFactory());
        }
    }

    private void check(CacheMethod method, String member, Class<?> type) {
        if (!isBean.test(type) && !canBeMade(type)) {
            findings.mistake(Texts.notInstantiable(method, member, type));
        }
    }

    private static boolean canBeMade(Class<?> type) {
        boolean isAbstract = type.isInterface() || Modifier.isAbstract(type.getModifiers());
        return !isAbstract
                && Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }
}
