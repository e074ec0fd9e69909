package io.nearfar.cdi;

import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.Once;
import io.nearfar.cdi.limit.LimitCatalog;
import io.nearfar.cdi.limit.LimitCatalogRules;
import io.nearfar.cdi.limit.LimitGate;
import io.nearfar.cdi.limit.LimitedMethodReader;
import io.nearfar.cdi.limit.LiveLimiter;
import io.nearfar.cdi.limit.RateLimitIntercepted;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;

/** The limits of methods: collected from the beans, checked, and put before the calls. */
final class MethodLimits {
    private final Findings findings;
    private final LiveLimiter limiter;
    private final SeenBeans seen;
    private final LimitCatalog catalog = new LimitCatalog();
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Set<Class<?>> interfaces = new LinkedHashSet<>();
    private final Set<Class<?>> beanClasses = new LinkedHashSet<>();
    private boolean isInjected;

    MethodLimits(Findings findings, LiveLimiter limiter, SeenBeans seen) {
        this.findings = findings;
        this.limiter = limiter;
        this.seen = seen;
    }

    /** Notes a type that may be limited, and binds the interceptor to those of its methods that are. */
    <T> void bind(ProcessAnnotatedType<T> event, LimitedMethodReader reader) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        (type.isInterface() ? interfaces : classes).add(type);
        Set<Method> methods = reader.intercepted(event.getAnnotatedType());
        if (!methods.isEmpty()) {
            event.configureAnnotatedType()
                    .filterMethods(method -> methods.contains(method.getJavaMember()))
                    .forEach(method -> method.add(RateLimitIntercepted.Literal.INSTANCE));
        }
    }

    /** Reads the limits of a bean. */
    void collect(AnnotatedType<?> type, LimitedMethodReader reader) {
        beanClasses.add(type.getJavaClass());
        if (classes.contains(type.getJavaClass())) {
            catalog.add(type.getJavaClass(), reader.read(type, findings));
        }
    }

    /** Notes an injection point if it asks for the rate limiter. */
    void add(InjectionPoint point) {
        isInjected |= point.getType() == RateLimiter.class;
    }

    /** Adds the gate before limited methods. */
    void addBeans(AfterBeanDiscovery event, BeanManager beans, ClassLoader application) {
        event.<LimitGate>addBean()
                .beanClass(LimitGate.class)
                .id(LimitGate.class.getName())
                .types(LimitGate.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> gate(new BeanInstances(beans, seen), application));
    }

    /** Reports what can be told only when all beans are known. */
    void check(BeanManager beans) {
        BeanInstances instances = new BeanInstances(beans, seen);
        boolean isOne = instances.isBean(RequestFacts.class);
        boolean isKnown = isOne || seen.has(RequestFacts.class);
        if (isKnown && !isOne) {
            findings.mistake("NF0893 There are several beans of io.nearfar.cdi.request.RequestFacts, and none of them"
                    + " decides. Keep one, or make the others alternatives that are not selected.");
        }
        LimitCatalogRules rules = new LimitCatalogRules(instances::isBean, findings);
        rules.check(catalog.methods(), isKnown);
        beanClasses.forEach(type -> rules.checkInterfaces(type, interfaces, catalog));
    }

    /** Opens the limiter if anybody will need it, so that what is set wrong fails the deployment and not the first call. */
    void open() {
        if (isInjected || !catalog.methods().isEmpty()) {
            limiter.open();
        }
    }

    private LimitGate gate(BeanInstances instances, ClassLoader application) {
        Once<RequestFacts> facts = new Once<>(() -> facts(instances));
        return LimitGate.of(catalog, application, instances, limiter, facts::get);
    }

    /** Returns what is known of requests; nothing if there is no bean of it, or several. */
    static RequestFacts facts(BeanInstances instances) {
        return instances.isBean(RequestFacts.class) ? instances.of(RequestFacts.class) : RequestFacts.NONE;
    }
}
