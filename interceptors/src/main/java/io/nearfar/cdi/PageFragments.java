package io.nearfar.cdi;

import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.fragment.CachedFragments;
import io.nearfar.cdi.fragment.Fragments;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.function.Supplier;

/** Lets fragments of pages be injected, and found by name. */
final class PageFragments {
    private static final String NAME = "nearfarFragments";

    private final CachedFragments fragments;
    private boolean isInjected;
    private volatile RequestFacts facts = RequestFacts.NONE;

    PageFragments(ApplicationManager manager) {
        this.fragments = new CachedFragments(manager::manager, () -> facts, System::nanoTime);
    }

    /** Notes an injection point if it asks for fragments. */
    void add(InjectionPoint point) {
        isInjected |= point.getType() == Fragments.class;
    }

    /** Adds the bean; {@code requests} returns what is known of requests, once beans can be asked for. */
    void addBean(AfterBeanDiscovery event, Supplier<RequestFacts> requests) {
        event.<Fragments>addBean()
                .beanClass(Fragments.class)
                .id(Fragments.class.getName())
                .types(Fragments.class, Object.class)
                .qualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE, NamedLiteral.of(NAME))
                .name(NAME)
                .scope(ApplicationScoped.class)
                .createWith(context -> {
                    facts = requests.get();
                    return fragments;
                });
    }

    /** Opens the cache if anybody will need it, so that what is set wrong fails the deployment and not the first page. */
    void open() {
        if (isInjected) {
            fragments.open();
        }
    }
}
