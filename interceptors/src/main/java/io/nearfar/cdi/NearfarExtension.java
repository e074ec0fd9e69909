package io.nearfar.cdi;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.cache.CacheActions;
import io.nearfar.cdi.cache.CacheIntercepted;
import io.nearfar.cdi.cache.CacheInterceptor;
import io.nearfar.cdi.limit.LimitedMethodReader;
import io.nearfar.cdi.limit.LiveLimiter;
import io.nearfar.cdi.limit.RateLimitInterceptor;
import io.nearfar.cdi.method.CacheCatalog;
import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.CacheMethodReader;
import io.nearfar.cdi.method.CatalogRules;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.method.InstanceRules;
import io.nearfar.cdi.method.InterfaceRules;
import io.nearfar.cdi.metrics.MetricsRoom;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the annotations of JSR-107, and those of rate limits, work in a CDI container: puts the interceptors around annotated
 * methods, finds every mistake in them at deployment, and lets caches and the rate limiter be injected. The container finds it by its service file.
 */
public class NearfarExtension implements Extension {
    private static final Logger LOG = LoggerFactory.getLogger(NearfarExtension.class);
    /** After other extensions, whose problems should be known before anything is opened. */
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER + 1_000;
    /** Where Payara keeps interceptors and producers for the same annotations and types. */
    private static final String PAYARA = "fish.payara.cdi.jsr107.";

    private final Set<Class<?>> annotatedClasses = new HashSet<>();
    private final Set<Class<?>> annotatedInterfaces = new LinkedHashSet<>();
    private final Set<Class<?>> beanClasses = new LinkedHashSet<>();
    private final SeenBeans seen = new SeenBeans();
    private boolean hasInterceptor;
    private boolean hasLimitInterceptor;
    private final Findings findings = new Findings();
    private final CacheCatalog catalog = new CacheCatalog();
    private final List<BareClasses> bare = List.of(
            BareClasses.ofCaches(
                    (type, beans) -> !reader(beans).read(type, new Findings()).isEmpty()),
            BareClasses.ofLimits((type, beans) ->
                    !limitReader(beans).read(type, new Findings()).isEmpty()));
    private final InjectedCaches injected = new InjectedCaches(findings);
    private final ReplacedBeans replaced = new ReplacedBeans();
    private final ClassLoader application = applicationLoader();
    private final ApplicationManager manager = new ApplicationManager(application);
    private final LiveLimiter limiter = new LiveLimiter(manager::manager);
    private final MethodLimits limits = new MethodLimits(findings, limiter, seen);
    private final NamedInvalidations invalidations = new NamedInvalidations(manager, findings);
    private final PageFragments fragments = new PageFragments(manager);
    private final BeanWarmers warmers = new BeanWarmers(manager, findings, catalog);
    private volatile @Nullable MetricsRoom metrics;
    private final ModelMappings model = new ModelMappings(manager, application, findings);

    void addInterceptor(@Observes BeforeBeanDiscovery event) {
        event.addAnnotatedType(CacheInterceptor.class, CacheInterceptor.class.getName());
        event.addAnnotatedType(RateLimitInterceptor.class, RateLimitInterceptor.class.getName());
    }

    /** Keeps the interceptors from being there twice where our jar is scanned like the application. */
    void keepOneInterceptor(@Observes ProcessAnnotatedType<CacheInterceptor> event) {
        if (hasInterceptor) {
            event.veto();
        }
        hasInterceptor = true;
    }

    void keepOneLimitInterceptor(@Observes ProcessAnnotatedType<RateLimitInterceptor> event) {
        if (hasLimitInterceptor) {
            event.veto();
        }
        hasLimitInterceptor = true;
    }

    void dropPayara(@Observes @WithAnnotations({Interceptor.class, Produces.class}) ProcessAnnotatedType<?> event) {
        if (event.getAnnotatedType().getJavaClass().getName().startsWith(PAYARA)) {
            event.veto();
        }
    }

    <T> void bindAnnotated(
            @Observes
                    @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    @WithAnnotations({
                        CacheResult.class,
                        CachePut.class,
                        CacheRemove.class,
                        CacheRemoveAll.class,
                        CacheKey.class,
                        CacheValue.class,
                        CacheTags.class,
                        CacheTtl.class,
                        InvalidateTags.class,
                        InvalidateTags.List.class,
                        InvalidatePattern.class,
                        InvalidatePattern.List.class,
                        Invalidate.class,
                        Invalidate.List.class
                    })
                    ProcessAnnotatedType<T> event,
            BeanManager beans) {
        bind(event, beans);
    }

    void collectEntity(
            @Observes @WithAnnotations({InvalidatesCache.class, InvalidatesCache.List.class})
                    ProcessAnnotatedType<?> event) {
        model.add(event.getAnnotatedType().getJavaClass());
    }

    <T> void bindLimited(
            @Observes
                    @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    @WithAnnotations({RateLimited.class, RateLimited.List.class})
                    ProcessAnnotatedType<T> event,
            BeanManager beans) {
        bindLimits(event, beans);
    }

    /** Finds what the container's filter does not look for: annotations of stereotypes of stereotypes. */
    <T> void bindStereotyped(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @WithAnnotations(Stereotype.class)
                    ProcessAnnotatedType<T> event,
            BeanManager beans) {
        if (reader(beans).isAnnotated(event.getAnnotatedType())) {
            bind(event, beans);
        }
        if (limitReader(beans).isAnnotated(event.getAnnotatedType())) {
            bindLimits(event, beans);
        }
    }

    private <T> void bindLimits(ProcessAnnotatedType<T> event, BeanManager beans) {
        bare.forEach(each -> each.add(event.getAnnotatedType(), beans));
        limits.bind(event, limitReader(beans));
    }

    private <T> void bind(ProcessAnnotatedType<T> event, BeanManager beans) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        (type.isInterface() ? annotatedInterfaces : annotatedClasses).add(type);
        bare.forEach(each -> each.add(event.getAnnotatedType(), beans));
        Set<Method> methods = reader(beans).intercepted(event.getAnnotatedType());
        if (!methods.isEmpty()) {
            event.configureAnnotatedType()
                    .filterMethods(method -> methods.contains(method.getJavaMember()))
                    .forEach(method -> method.add(CacheIntercepted.Literal.INSTANCE));
        }
    }

    void collectBean(@Observes ProcessBean<?> event, BeanManager beans) {
        seen.add(event.getBean());
        replaced.add(event.getBean());
        bare.forEach(each -> each.add(event, beans));
        if (event instanceof ProcessManagedBean<?> managed) {
            collect(managed.getAnnotatedBeanClass(), beans);
            warmers.add(event.getBean());
        }
    }

    void collectPoint(@Observes ProcessInjectionPoint<?, ?> event) {
        injected.add(event.getInjectionPoint());
        limits.add(event.getInjectionPoint());
        model.add(event.getInjectionPoint());
        fragments.add(event.getInjectionPoint());
    }

    void addBeans(@Observes AfterBeanDiscovery event, BeanManager beans) {
        replaced.addBeans(event, manager, limiter);
        limits.addBeans(event, beans, application);
        injected.addBeans(event, catalog, manager);
        fragments.addBean(event, () -> MethodLimits.facts(new BeanInstances(beans, seen)));
        injected.addStandIns(event);
        invalidations.addObservers(event);
        model.addBeans(event, beans);
        event.<CacheActions>addBean()
                .beanClass(CacheActions.class)
                .id(CacheActions.class.getName())
                .types(CacheActions.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> new CacheActions(catalog, manager, new BeanInstances(beans, seen)));
    }

    void validate(@Observes @Priority(LAST) AfterDeploymentValidation event, BeanManager beans) {
        check(new BeanInstances(beans, seen));
        limits.check(beans);
        bare.forEach(each -> each.report(beanClasses, findings));
        boolean known = checkInvalidations(event, beans);
        findings.warnings().forEach(LOG::warn);
        if (!findings.mistakes().isEmpty()) {
            manager.close();
            event.addDeploymentProblem(new DefinitionException(report(findings.mistakes())));
        } else if (known) {
            open(event);
        }
    }

    private boolean isUsed() {
        return invalidations.areDeclared()
                || warmers.areDeclared()
                || model.isUsed()
                || !catalog.methods().isEmpty()
                || !injected.names().isEmpty();
    }

    /** Which are declared the manager knows alone; returns whether it could be asked. */
    private boolean checkInvalidations(AfterDeploymentValidation event, BeanManager beans) {
        try {
            invalidations.declare(seen.all(InvalidationDeclaration.class, beans));
            invalidations.check(catalog.methods());
            model.check(isUsed());
            return true;
        } catch (RuntimeException e) {
            manager.close();
            event.addDeploymentProblem(e);
            return false;
        }
    }

    /** Of several contexts that begin, as those of a web application and its libraries do, the first is enough. */
    synchronized void showMetrics(@Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beans) {
        if (metrics == null) {
            MetricsRoom room = MetricsRoom.of(beans);
            metrics = room;
            manager.whenOpen(room::show);
        }
    }

    void beginWarming(@Observes @Initialized(ApplicationScoped.class) Object event, BeanManager beans) {
        warmers.begin(beans);
    }

    void close(@Observes BeforeShutdown event) {
        MetricsRoom room = metrics;
        if (room != null) {
            room.close();
        }
        model.close();
        manager.close();
    }

    private void collect(AnnotatedType<?> type, BeanManager beans) {
        limits.collect(type, limitReader(beans));
        beanClasses.add(type.getJavaClass());
        if (annotatedClasses.contains(type.getJavaClass())) {
            catalog.add(type.getJavaClass(), reader(beans).read(type, findings));
        }
    }

    private void check(BeanInstances instances) {
        List<CacheMethod> methods = catalog.methods();
        InstanceRules instanceRules = new InstanceRules(instances::isBean, findings);
        methods.forEach(instanceRules::check);
        new CatalogRules(findings).check(methods, injected.names());
        InterfaceRules interfaceRules = new InterfaceRules(catalog, findings);
        beanClasses.forEach(type -> interfaceRules.check(type, annotatedInterfaces));
        injected.check(catalog);
    }

    /** Opens what is used, manager and links, so that what is set wrong fails the deployment and not the first call. */
    private void open(AfterDeploymentValidation event) {
        try {
            if (isUsed()) {
                manager.manager().connect();
            }
            limits.open();
            fragments.open();
        } catch (RuntimeException e) {
            manager.close();
            event.addDeploymentProblem(e);
        }
    }

    private static String report(List<String> mistakes) {
        return "NF0800 " + mistakes.size() + " mistake(s) in annotations:\n  - " + String.join("\n  - ", mistakes);
    }

    private static LimitedMethodReader limitReader(BeanManager beans) {
        return new LimitedMethodReader(type -> meanings(type, beans));
    }

    private static CacheMethodReader reader(BeanManager beans) {
        return new CacheMethodReader(type -> meanings(type, beans));
    }

    /** Returns what a stereotype stands for, and nothing for other annotations. */
    static Set<Annotation> meanings(Class<? extends Annotation> type, BeanManager beans) {
        return beans.isStereotype(type) ? beans.getStereotypeDefinition(type) : Set.of();
    }

    private static ClassLoader applicationLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : NearfarExtension.class.getClassLoader();
    }
}
