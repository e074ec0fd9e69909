package io.nearfar.benchmarks;

import javax.cache.Caching;

/** The provider that is measured, which must be the jar that users get. */
final class PackagedProvider {
    private PackagedProvider() {}

    /**
     * Returns where the provider's classes come from.
     *
     * @throws IllegalStateException if that is a folder of classes
     */
    static String jar() {
        String source = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider")
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        if (!source.endsWith(".jar")) {
            throw new IllegalStateException("Nearfar is measured as its packaged jar, but is on the class path as "
                    + source + "; run this module with the phase verify");
        }
        return source;
    }
}
