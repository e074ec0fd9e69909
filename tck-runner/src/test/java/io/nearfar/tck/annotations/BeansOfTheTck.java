package io.nearfar.tck.annotations;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;

/** Makes beans of the TCK's annotated classes, whose old beans.xml makes none under CDI 4. */
final class BeansOfTheTck implements Extension {
    static final List<Class<?>> CLASSES = List.of(
            CacheNameOnEachMethodBlogManagerImpl.class,
            ClassLevelCacheConfigBlogManagerImpl.class,
            UsingDefaultCacheNameBlogManagerImpl.class);

    void add(@Observes BeforeBeanDiscovery event) {
        CLASSES.forEach(type -> event.addAnnotatedType(type, type.getName()));
    }
}
