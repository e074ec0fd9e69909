package io.nearfar.packaged;

import javax.cache.spi.CachingProvider;

/** What an application that sees several providers has to know of Nearfar's. */
public final class NearfarByName {
    /** The name to ask for in {@code Caching.getCachingProvider(String)}. */
    public static final String CLASS = "io.nearfar.spi.NearfarCachingProvider";

    private NearfarByName() {}

    /** The path of the jar that the provider's class came from. */
    public static String jarOf(CachingProvider provider) {
        return provider.getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }
}
