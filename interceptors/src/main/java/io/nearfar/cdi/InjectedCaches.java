package io.nearfar.cdi;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.CacheCatalog;
import io.nearfar.cdi.method.Findings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.GeneratedCacheKey;

/** The caches that beans have injected by name: collected from injection points, checked, and made beans. */
final class InjectedCaches {
    private final Findings findings;
    private final Map<String, InjectedCache> caches = new TreeMap<>();
    private final Map<String, InjectionPoint> mistaken = new TreeMap<>();

    InjectedCaches(Findings findings) {
        this.findings = findings;
    }

    /** Returns the names. */
    Set<String> names() {
        return caches.keySet();
    }

    /** Adds an injection point if it asks for a cache by name. */
    void add(InjectionPoint point) {
        point.getQualifiers().stream()
                .filter(NamedCache.class::isInstance)
                .forEach(qualifier -> add(point, ((NamedCache) qualifier).value()));
    }

    /** Adds a bean for each cache. */
    void addBeans(AfterBeanDiscovery event, CacheCatalog catalog, ApplicationManager manager) {
        for (InjectedCache cache : caches.values()) {
            catalog.declare(cache.name(), List.of(cache.key(), cache.value()));
            event.<NearfarCache<Object, Object>>addBean()
                    .beanClass(LiveCache.class)
                    .id(LiveCache.class.getName() + " " + cache.name())
                    .types(cache.types())
                    .qualifiers(NamedCache.Literal.of(cache.name()))
                    .scope(ApplicationScoped.class)
                    .createWith(context -> liveCache(cache, catalog, manager));
        }
    }

    /** Adds what lets the container go on with injection points that were found mistaken. */
    void addStandIns(AfterBeanDiscovery event) {
        mistaken.forEach((id, point) -> addStandIn(event, id, point));
    }

    /** Reports caches that annotations fill and that are injected with keys which annotations never use. */
    void check(CacheCatalog catalog) {
        for (InjectedCache cache : caches.values()) {
            boolean fits = cache.keyClass().isAssignableFrom(GeneratedCacheKey.class)
                    || GeneratedCacheKey.class.isAssignableFrom(cache.keyClass());
            if (!fits && catalog.isFilledByAnnotations(cache.name())) {
                findings.warn(InjectionTexts.otherKeys(cache));
            }
        }
    }

    private void add(InjectionPoint point, String name) {
        Type type = withoutWrapper(point.getType());
        if (!isCache(type)) {
            mistake(point, name, InjectionTexts.noCache(point));
        } else if (name.isBlank()) {
            mistake(point, name, InjectionTexts.noName(point));
        } else if (hasVariables(type)) {
            mistake(point, name, InjectionTexts.variables(point));
        } else {
            agree(point, type, caches.computeIfAbsent(name, InjectedCache::new));
        }
    }

    private void agree(InjectionPoint point, Type type, InjectedCache cache) {
        InjectionPoint other = cache.add(point, type);
        if (other != null) {
            mistake(point, cache.name(), InjectionTexts.otherTypes(cache.name(), point, other));
        }
    }

    private void mistake(InjectionPoint point, String name, String text) {
        findings.mistake(text);
        mistaken.put(name + " " + point.getType().getTypeName(), point);
    }

    /** Fills a place that is reported anyway, so that the container goes on to the report of all mistakes. */
    private static void addStandIn(AfterBeanDiscovery event, String id, InjectionPoint point) {
        event.<Object>addBean()
                .beanClass(InjectedCaches.class)
                .id(InjectedCaches.class.getName() + " " + id)
                .types(point.getType(), Object.class)
                .qualifiers(point.getQualifiers())
                .createWith(context -> {
                    throw new CacheException(InjectionTexts.reported(point));
                });
    }

    private static NearfarCache<Object, Object> liveCache(
            InjectedCache cache, CacheCatalog catalog, ApplicationManager manager) {
        boolean isShared = catalog.isFilledByAnnotations(cache.name());
        Class<?> key = isShared ? Object.class : cache.keyClass();
        Class<?> value = isShared ? Object.class : cache.valueClass();
        Collection<? extends Type> trusted = catalog.trusted(cache.name());
        return new LiveCache<>(() -> DeclaredTypes.checked(manager.cache(cache.name(), key, value, trusted), cache));
    }

    private static Type withoutWrapper(Type type) {
        boolean isWrapper = type instanceof ParameterizedType parameterized
                && (parameterized.getRawType() == Instance.class || parameterized.getRawType() == Provider.class);
        return isWrapper ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    private static boolean isCache(Type type) {
        Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        return raw == Cache.class || raw == NearfarCache.class;
    }

    private static boolean hasVariables(Type type) {
        return type instanceof ParameterizedType parameterized
                && Stream.of(parameterized.getActualTypeArguments()).anyMatch(TypeVariable.class::isInstance);
    }
}
