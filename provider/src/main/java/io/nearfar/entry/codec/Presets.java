package io.nearfar.entry.codec;

import io.nearfar.config.AllowedPreset;
import java.util.Set;

/**
 * The classes behind the presets of {@code codec.allow}, each by name and as few as there may be. Every one holds values
 * and, when it is read back, does nothing but compute its hash code or give back a constant of its own; none calls what it
 * holds, resolves names or reads bytes. The page on codecs says what each is for, and for which release it was found out.
 */
final class Presets {
    private static final Set<String> HIBERNATE = Set.of(
            "org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer$1",
            "org.hibernate.cache.internal.BasicCacheKeyImplementation",
            "org.hibernate.cache.internal.CacheKeyImplementation",
            "org.hibernate.cache.internal.NaturalIdCacheKey",
            "org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem",
            "org.hibernate.cache.spi.QueryKey",
            "org.hibernate.cache.spi.entry.CollectionCacheEntry",
            "org.hibernate.cache.spi.entry.StandardCacheEntryImpl",
            "org.hibernate.cache.spi.support.AbstractReadWriteAccess$Item",
            "org.hibernate.cache.spi.support.AbstractReadWriteAccess$SoftLockImpl",
            "org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl$1",
            "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl",
            "org.hibernate.query.spi.QueryParameterBindings$1",
            "org.hibernate.type.AnyType$ObjectTypeCacheEntry");

    private static final Set<String> OPEN_LIBERTY = Set.of("io.openliberty.jcache.CacheObject");

    private static final Set<String> SPRING = Set.of(
            "org.springframework.cache.interceptor.SimpleKey",
            "org.springframework.cache.support.NullValue",
            "org.springframework.security.core.authority.SimpleGrantedAuthority",
            "org.springframework.security.core.userdetails.User",
            "org.springframework.security.core.userdetails.User$AuthorityComparator");

    private Presets() {}

    /** Returns the names of a preset's classes. */
    static Set<String> classes(AllowedPreset preset) {
        return switch (preset) {
            case HIBERNATE -> HIBERNATE;
            case OPEN_LIBERTY -> OPEN_LIBERTY;
            case SPRING -> SPRING;
        };
    }
}
