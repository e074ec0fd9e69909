package io.nearfar.cdi;

import io.nearfar.NearfarManager;
import io.nearfar.Warmer;
import io.nearfar.Warming;
import io.nearfar.WarmingPlan;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.CacheCatalog;
import io.nearfar.cdi.method.DurationText;
import io.nearfar.cdi.method.Findings;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beans that fill caches: found and checked at deployment, begun when the application has started. */
final class BeanWarmers {
    private static final Logger LOG = LoggerFactory.getLogger(BeanWarmers.class);

    private final ApplicationManager manager;
    private final Findings findings;
    private final CacheCatalog catalog;
    private final List<Declared> declared = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean begun;

    /**
     * One of them.
     *
     * @param type the type by which the bean is a warmer
     */
    private record Declared(Bean<?> bean, Type type, String cache, WarmingPlan plan) {
        /** Returns the class of the keys (0) or the values (1); {@code Object} if the bean does not say. */
        Class<?> argument(int position) {
            Type argument = type instanceof ParameterizedType parameterized
                    ? parameterized.getActualTypeArguments()[position]
                    : Object.class;
            Type raw = argument instanceof ParameterizedType inner ? inner.getRawType() : argument;
            return raw instanceof Class<?> known ? known : Object.class;
        }

        List<Type> trusted() {
            return type instanceof ParameterizedType parameterized
                    ? List.of(parameterized.getActualTypeArguments())
                    : List.of();
        }
    }

    BeanWarmers(ApplicationManager manager, Findings findings, CacheCatalog catalog) {
        this.manager = manager;
        this.findings = findings;
        this.catalog = catalog;
    }

    /** Adds the bean, if its class says that it is one. */
    void add(Bean<?> bean) {
        CacheWarmer says = bean.getBeanClass().getAnnotation(CacheWarmer.class);
        if (says == null) {
            return;
        }
        Type type = warmer(bean);
        WarmingPlan plan = plan(bean, says);
        if (type == null) {
            findings.mistake("NF0867 " + at(bean) + ", whose bean is no " + Warmer.class.getName()
                    + "; have the class implement it, with the types of the cache's keys and values");
        } else if (plan != null && !names.add(says.cache() + "/" + plan.name())) {
            findings.mistake("NF0869 " + at(bean) + ": another one for cache " + says.cache() + " has the name "
                    + plan.name() + " too; give one of them another");
        } else if (plan != null) {
            declared.add(new Declared(bean, type, says.cache(), plan));
        }
    }

    private static String at(Bean<?> bean) {
        return "@CacheWarmer at " + bean.getBeanClass().getName();
    }

    private static @Nullable Type warmer(Bean<?> bean) {
        return bean.getTypes().stream()
                .filter(type -> type == Warmer.class
                        || type instanceof ParameterizedType parameterized
                                && parameterized.getRawType() == Warmer.class)
                .findFirst()
                .orElse(null);
    }

    private @Nullable WarmingPlan plan(Bean<?> bean, CacheWarmer says) {
        String name = says.name().isEmpty() ? bean.getBeanClass().getSimpleName() : says.name();
        try {
            return new WarmingPlan(
                    name, says.every().isEmpty() ? null : DurationText.parse(says.every()), says.keysPerSecond());
        } catch (IllegalArgumentException e) {
            findings.mistake("NF0868 " + at(bean) + " cannot be used: " + e.getMessage());
            return null;
        }
    }

    /** Tells whether there are some. */
    boolean areDeclared() {
        return !declared.isEmpty();
    }

    /** Begins all, now and in each manager that is opened in the place of this one. */
    synchronized void begin(BeanManager beans) {
        if (!begun && areDeclared()) {
            begun = true;
            ServerContext context = ServerContext.current();
            manager.whenOpen(open -> declared.forEach(each -> begin(each, open, beans, context)));
        }
    }

    private void begin(Declared warmer, NearfarManager manager, BeanManager beans, ServerContext context) {
        try {
            open(warmer, manager);
            manager.warm(
                    warmer.cache(),
                    warmer.plan(),
                    warming -> context.call(() -> {
                        run(warmer, beans, warming);
                        return null;
                    }));
        } catch (RuntimeException e) {
            LOG.warn(
                    "NF0807 Cache {} cannot be warmed by {}",
                    warmer.cache(),
                    warmer.plan().name(),
                    e);
        }
    }

    /** A cache that annotations fill has keys and values of many types; none is declared then, and all of them are trusted. */
    private void open(Declared warmer, NearfarManager manager) {
        List<Type> trusted = new ArrayList<>(warmer.trusted());
        trusted.addAll(catalog.trusted(warmer.cache()));
        boolean shared = catalog.isFilledByAnnotations(warmer.cache());
        Class<?> key = shared ? Object.class : warmer.argument(0);
        Class<?> value = shared ? Object.class : warmer.argument(1);
        manager.cacheFromTemplate(warmer.cache(), key, value, trusted);
    }

    @SuppressWarnings("unchecked") // the bean has that type, and the cache is opened with its types
    private static void run(Declared warmer, BeanManager beans, Warming<Object, Object> warming) throws Exception {
        RequestContextController request =
                beans.createInstance().select(RequestContextController.class).get();
        CreationalContext<?> context = beans.createCreationalContext(warmer.bean());
        boolean mine = request.activate();
        try {
            ((Warmer<Object, Object>) beans.getReference(warmer.bean(), warmer.type(), context)).warm(warming);
        } finally {
            if (mine) {
                request.deactivate();
            }
            context.release();
        }
    }
}
