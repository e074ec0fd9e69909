package io.nearfar.cdi.model;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.Findings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What changes of entities end, by their classes. Safe for use by several threads. */
final class EntityCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(EntityCatalog.class);

    private final ApplicationManager manager;
    private final ClassLoader application;
    private final Map<Class<?>, EntityMapping> mappings = new ConcurrentHashMap<>();

    EntityCatalog(ApplicationManager manager, ClassLoader application) {
        this.manager = manager;
        this.application = application;
    }

    /**
     * Returns what changes of the objects of that class end. What is wrong with it is told once, and does not count.
     *
     * @throws RuntimeException if there is no manager that could tell what is declared
     */
    EntityMapping of(Class<?> type) {
        EntityMapping known = mappings.get(type);
        if (known != null) {
            return known;
        }
        Findings findings = new Findings();
        EntityMapping read = new EntityReader(new EntityClass(type), manager, findings).read();
        if (mappings.putIfAbsent(type, read) == null && !findings.mistakes().isEmpty()) {
            LOG.error(
                    "NF0865 {}: its changes do not end all that they should: {}",
                    type.getName(),
                    String.join(" ", findings.mistakes()));
        }
        return read;
    }

    /** Reports what is wrong with an entity, and whether nobody hears its changes. */
    void check(Class<?> type, Findings findings) {
        EntityClass entity = new EntityClass(type);
        Findings own = new Findings();
        EntityMapping read = new EntityReader(entity, manager, own).read();
        own.mistakes().forEach(findings::mistake);
        if (entity.isEntity() && !read.isEmpty() && !entity.isHeard(application)) {
            findings.warn(ModelTexts.notHeard(type));
        }
    }

    /** Reports on all entities that settings, or declarations in code, name. */
    void checkNamed(Findings findings) {
        for (InvalidationDeclaration declaration : manager.manager().declaredInvalidations()) {
            for (String name : declaration.entities()) {
                try {
                    check(Class.forName(name, false, application), findings);
                } catch (ClassNotFoundException | LinkageError e) {
                    findings.mistake(ModelTexts.noClass(declaration, name));
                }
            }
        }
    }
}
