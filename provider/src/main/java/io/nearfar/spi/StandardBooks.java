package io.nearfar.spi;

import java.util.Collections;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books of {@link Caching}. Where that class is the server's and the provider the application's, or in a library that
 * some applications share, they hold the provider and with it its class loader for ever.
 */
final class StandardBooks {
    private static final Logger LOG = LoggerFactory.getLogger(StandardBooks.class);

    private static final ClassLoader OWN = StandardBooks.class.getClassLoader();

    private static final Set<ClassLoader> STRUCK =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private StandardBooks() {}

    /**
     * Takes this provider out of them, if they outlive its class: as the provider of the application and, where no other
     * runs that shares it, as that of its own class loader.
     */
    static void forget(ClassLoader application) {
        if (outliveUs() && Loaders.isBelow(application, OWN)) {
            carefully(application, StandardBooks::strike);
            if (!Applications.all().isShared(OWN)) {
                carefully(OWN, StandardBooks::strike);
            }
        }
    }

    /** Puts it in again where it was taken out, for an application that begins again with the same class loader. */
    static void restore(ClassLoader application) {
        carefully(application, StandardBooks::putBack);
        carefully(OWN, StandardBooks::putBack);
    }

    private static boolean outliveUs() {
        return !Loaders.isBelow(Caching.class.getClassLoader(), OWN);
    }

    private static void carefully(ClassLoader loader, Consumer<ClassLoader> change) {
        try {
            change.accept(loader);
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            LOG.debug("The books of the JCache interface cannot be changed", e);
        }
    }

    private static void strike(ClassLoader loader) {
        Iterator<CachingProvider> known = Caching.getCachingProviders(loader).iterator();
        while (known.hasNext()) {
            if (known.next() instanceof NearfarCachingProvider) {
                known.remove();
                STRUCK.add(loader);
            }
        }
    }

    /** The books look for providers once for each class loader; later only for one that is named. */
    private static void putBack(ClassLoader loader) {
        if (STRUCK.remove(loader)) {
            Caching.getCachingProvider(NearfarCachingProvider.class.getName(), loader);
        }
    }
}
