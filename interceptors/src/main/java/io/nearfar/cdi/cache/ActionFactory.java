package io.nearfar.cdi.cache;

import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.method.CacheCatalog;
import io.nearfar.cdi.method.CacheMembers;
import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.MethodDetails;
import io.nearfar.cdi.method.MethodParameter;
import io.nearfar.cdi.method.PatternTexts;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/** Makes the action of an annotated method from what was decided about it. */
final class ActionFactory {
    private final CacheCatalog catalog;
    private final ApplicationManager manager;
    private final Instances instances;
    private final MethodFailures thrown = new MethodFailures();
    private final RefusedChanges refused = new RefusedChanges();

    ActionFactory(CacheCatalog catalog, ApplicationManager manager, Instances instances) {
        this.catalog = catalog;
        this.manager = manager;
        this.instances = instances;
    }

    /** Returns the action of {@code method}. */
    CacheAction action(CacheMethod method) {
        FailureLog log = new FailureLog(method.cacheName(), method, System::nanoTime);
        return switch (method.operation()) {
            case RESULT -> resultAction(method, log);
            case PUT -> changeAction(method, putChange(method), log);
            case REMOVE -> changeAction(method, Change.remove(values(method), keys(method)), log);
            case REMOVE_ALL -> changeAction(method, Change.removeAll(values(method)), log);
            case INVALIDATE_TAGS -> changeAction(method, tagChange(method), log);
            case INVALIDATE_PATTERN -> changeAction(method, patternChange(method), log);
            case INVALIDATE -> changeAction(method, new NamedChange(method, manager), log);
        };
    }

    private Change putChange(CacheMethod method) {
        return Change.put(values(method), keys(method), value(method), new EntryWriter(method));
    }

    private Change tagChange(CacheMethod method) {
        boolean soft = method.members().annotation() instanceof InvalidateTags invalidate && invalidate.soft();
        return Change.invalidate(values(method), tags(method), soft);
    }

    private Change patternChange(CacheMethod method) {
        boolean soft = method.members().annotation() instanceof InvalidatePattern invalidate && invalidate.soft();
        return new PatternChange(values(method), PatternTexts.of(method), soft);
    }

    private static TagWriter tags(CacheMethod method) {
        return new TagWriter(method.tags());
    }

    private CacheAction resultAction(CacheMethod method, FailureLog log) {
        ResultPlan plan = new ResultPlan(
                keys(method),
                values(method),
                method.storesExceptions() ? errors(method) : null,
                method.members().exceptions(),
                method.members().skipGet(),
                method.result(),
                new EntryWriter(method),
                thrown,
                log,
                new FailureLog(method.cacheName(), method, System::nanoTime));
        return method.result().isStage() ? new ResultStageAction(plan) : new ResultAction(plan);
    }

    private CacheAction changeAction(CacheMethod method, Change change, FailureLog log) {
        CacheMembers members = method.members();
        return new ChangeAction(change, members.afterInvocation(), members.exceptions(), log, refused);
    }

    private Keys keys(CacheMethod method) {
        if (!method.hasOwnKeys()) {
            return Keys.ofArguments(method.parameters().keys());
        }
        Class<? extends CacheKeyGenerator> type = method.members().keyGenerator();
        return Keys.ofGenerator(new Once<CacheKeyGenerator>(() -> instances.of(type)));
    }

    private CacheChoice values(CacheMethod method) {
        if (!method.hasOwnResolver()) {
            return named(method.cacheName());
        }
        MethodDetails<Annotation> details = new MethodDetails<>(method);
        return CacheChoice.resolved(new Once<>(() -> present(factory(method).getCacheResolver(details), method)));
    }

    private CacheChoice errors(CacheMethod method) {
        if (!method.hasOwnResolver()) {
            return named(method.members().exceptionCacheName());
        }
        MethodDetails<CacheResult> details = new MethodDetails<>(method);
        return CacheChoice.resolved(
                new Once<>(() -> present(factory(method).getExceptionCacheResolver(details), method)));
    }

    private CacheChoice named(String name) {
        return CacheChoice.named(() -> cache(name));
    }

    private Cache<Object, Object> cache(String name) {
        Set<Type> trusted = new HashSet<>(catalog.trusted(name));
        trusted.add(GeneratedKey.class);
        return manager.cache(name, Object.class, Object.class, trusted);
    }

    private CacheResolverFactory factory(CacheMethod method) {
        return instances.of(method.members().resolverFactory());
    }

    private static CacheResolver present(CacheResolver resolver, CacheMethod method) {
        return Objects.requireNonNull(
                resolver, () -> method.members().resolverFactory().getName() + " returned no resolver for " + method);
    }

    private static MethodParameter value(CacheMethod method) {
        return Objects.requireNonNull(method.parameters().value(), () -> method + " has no @CacheValue");
    }
}
