package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import javax.cache.CacheException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Asks JNDI, which a JVM need not have. */
final class Jndi {
    private static final String CURE = ". Without JNDI give a URL that begins with jdbc:, or put a DataSource into the"
            + " Properties given to getCacheManager.";

    private Jndi() {}

    static Object lookup(String name) {
        try {
            return Naming.lookup(name);
        } catch (NoClassDefFoundError notThere) {
            throw new CacheException(FallbackSettings.KEY + " = " + name + ": this JVM has no JNDI" + CURE, notThere);
        }
    }

    /** Loaded only where JNDI is there. */
    private static final class Naming {
        private Naming() {}

        @SuppressWarnings("BanJNDI") // names of settings, which may have no scheme but java
        static Object lookup(String name) {
            try {
                return new InitialContext().lookup(name);
            } catch (NamingException e) {
                throw new CacheException(
                        FallbackSettings.KEY + " = " + name + ": there is nothing of that name (" + e + ")" + CURE, e);
            }
        }
    }
}
