package io.nearfar.cdi;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.CacheOperation;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.method.InvalidationRules;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The invalidations that have names: declared by beans, checked where methods fire them, and fired by events. */
final class NamedInvalidations {
    private final ApplicationManager manager;
    private final InvalidationRules rules;
    private boolean declared;

    NamedInvalidations(ApplicationManager manager, Findings findings) {
        this.manager = manager;
        this.rules = new InvalidationRules(this::parameters, findings);
    }

    /**
     * Has events fire invalidations: those of a transaction when that has succeeded, so that nobody can load again in between what
     * was there before; without one, and asynchronous ones, at once.
     */
    void addObservers(AfterBeanDiscovery event) {
        event.<NamedInvalidation>addObserverMethod()
                .observedType(NamedInvalidation.class)
                .transactionPhase(TransactionPhase.AFTER_SUCCESS)
                .notifyWith(context -> manager.manager().invalidate(context.getEvent()));
        event.<NamedInvalidation>addObserverMethod()
                .observedType(NamedInvalidation.class)
                .async(true)
                .notifyWith(context -> manager.manager().invalidate(context.getEvent()));
    }

    /** Declares what beans declare. */
    void declare(List<InvalidationDeclaration> declarations) {
        declarations.forEach(manager::declare);
        declared = !declarations.isEmpty();
    }

    /** Tells whether beans declare some. */
    boolean areDeclared() {
        return declared;
    }

    /** Reports what is wrong with methods that fire them. */
    void check(List<CacheMethod> methods) {
        methods.stream()
                .filter(method -> method.operation() == CacheOperation.INVALIDATE)
                .forEach(rules::check);
    }

    private @Nullable List<String> parameters(String name) {
        InvalidationDeclaration declared = manager.manager().declaredInvalidation(name);
        return declared == null ? null : declared.parameters();
    }
}
