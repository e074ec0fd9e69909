package io.nearfar.cdi;

import jakarta.enterprise.inject.spi.InjectionPoint;
import javax.cache.configuration.Configuration;

/** The words of every finding about injected caches. Ids NF0870 to NF0879. */
final class InjectionTexts {
    private InjectionTexts() {}

    static String noCache(InjectionPoint point) {
        return "NF0870 @NamedCache stands at " + place(point) + ", which is no javax.cache.Cache and no"
                + " io.nearfar.NearfarCache. Declare one of them, or take the annotation away.";
    }

    static String noName(InjectionPoint point) {
        return "NF0871 @NamedCache at " + place(point) + " gives no name. Write the name of the cache.";
    }

    static String otherTypes(String name, InjectionPoint point, InjectionPoint other) {
        return "NF0872 The cache \"" + name + "\" is injected as "
                + point.getType().getTypeName() + " at "
                + place(point) + " and as " + other.getType().getTypeName() + " at " + place(other)
                + ". Use the same types at both.";
    }

    static String otherKeys(InjectedCache cache) {
        return "NF0873 The cache \"" + cache.name()
                + "\" is filled by annotations, whose keys are GeneratedCacheKey, and injected with keys of type "
                + cache.key().getTypeName()
                + ": neither finds the other's entries. Inject it as Cache<GeneratedCacheKey, …>, or give one of them"
                + " another name.";
    }

    static String variables(InjectionPoint point) {
        return "NF0874 The cache at " + place(point)
                + " has type variables, so nobody can tell what it holds. Declare its types, or Cache<?, ?>.";
    }

    static String otherDeclaration(InjectedCache cache, Configuration<?, ?> declared) {
        return "NF0875 The cache \"" + cache.name() + "\" is declared with "
                + declared.getKeyType().getName() + " and "
                + declared.getValueType().getName()
                + ", and injected with " + cache.key().getTypeName() + " and "
                + cache.value().getTypeName()
                + ". Inject it with its declared types.";
    }

    static String reported(InjectionPoint point) {
        return "The injection point " + place(point) + " was reported at deployment and has no cache";
    }

    private static String place(InjectionPoint point) {
        return point.getMember().getDeclaringClass().getName() + "."
                + point.getMember().getName();
    }
}
