package io.nearfar.spi;

import java.util.Iterator;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books of {@link Caching}. Where that class is the server's and the provider the application's, they hold the
 * provider and with it the application's class loader for ever.
 */
final class StandardBooks {
    private static final Logger LOG = LoggerFactory.getLogger(StandardBooks.class);

    private StandardBooks() {}

    /** Takes this provider out of them, if they outlive the application whose class it is. */
    static void forget(ClassLoader application) {
        boolean ours = Loaders.isBelow(StandardBooks.class.getClassLoader(), application);
        if (ours && !Loaders.isBelow(Caching.class.getClassLoader(), application)) {
            try {
                strike(application);
            } catch (RuntimeException e) {
                LOG.debug("The books of the JCache interface keep this provider", e);
            }
        }
    }

    private static void strike(ClassLoader application) {
        Iterator<CachingProvider> known =
                Caching.getCachingProviders(application).iterator();
        while (known.hasNext()) {
            if (known.next() instanceof NearfarCachingProvider) {
                known.remove();
            }
        }
    }
}
