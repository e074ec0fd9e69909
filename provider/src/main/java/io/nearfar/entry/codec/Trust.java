package io.nearfar.entry.codec;

import io.nearfar.config.AllowedPreset;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.TrustPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;

/**
 * Which classes the keys or the values of one cache may consist of. Known by name, so that a class which nobody may use
 * is not even loaded. Safe for use by several threads.
 */
final class Trust {
    /** The keys that annotated methods generate, whose parts must be trusted one by one. */
    private static final String GENERATED_KEYS = "io.nearfar.cdi.";

    private final CacheSettings settings;
    private final CacheTypes types;
    private final Set<String> named;
    private final Set<String> packages = new HashSet<>();
    private final List<String> prefixes;
    private final Set<String> learned = ConcurrentHashMap.newKeySet();

    Trust(CacheSettings settings, CacheTypes types) {
        this.settings = settings;
        this.types = types;
        Set<String> names = new HashSet<>(TypeClosure.of(types.further()));
        if (types.isDeclared()) {
            names.addAll(TypeClosure.of(List.of(types.declared())));
            addPackage(element(types.declared()));
        }
        settings.allow().stream().filter(it -> !it.endsWith("*")).forEach(names::add);
        AllowedPreset.among(settings.allow()).forEach(preset -> names.addAll(Presets.classes(preset)));
        this.named = Set.copyOf(names);
        this.prefixes = settings.allow().stream()
                .filter(it -> it.endsWith("*"))
                .map(it -> it.substring(0, it.length() - 1))
                .toList();
    }

    private void addPackage(Class<?> type) {
        if (!type.isPrimitive() && !JdkTypes.isPlatform(type.getName())) {
            packages.add(type.getPackageName());
        }
    }

    /** Tells whether bytes may be decoded into the class of that name, which is no array. */
    boolean isTrusted(String name) {
        return settings.trust() == TrustPolicy.ALL
                || JdkTypes.isValue(name)
                || name.startsWith(GENERATED_KEYS)
                || named.contains(name)
                || packages.contains(packageOf(name))
                || learned.contains(name)
                || prefixes.stream().anyMatch(name::startsWith);
    }

    /** Tells whether bytes may be decoded into the class, or into what its array holds. */
    boolean isTrusted(Class<?> type) {
        return element(type).isPrimitive() || isTrusted(element(type).getName());
    }

    /**
     * Checks that objects of the class may be put here.
     *
     * @throws CacheException if not; names the setting to add
     */
    void check(Class<?> type) {
        String name = element(type).getName();
        if (!isTrusted(type) && !mayLearn(name)) {
            throw new CacheException(TrustTexts.refusal(settings, types, name));
        }
    }

    /** Trusts classes from now on, because this process has put objects of them. */
    void learn(Set<Class<?>> met) {
        for (Class<?> type : met) {
            String name = element(type).getName();
            if (!isTrusted(type) && mayLearn(name)) {
                learned.add(name);
            }
        }
    }

    private boolean mayLearn(String name) {
        return settings.trust() == TrustPolicy.LEARNED && !types.isDeclared() && !JdkTypes.isNeverLearned(name);
    }

    /** Returns the class below all array dimensions. */
    private static Class<?> element(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    private static String packageOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }
}
