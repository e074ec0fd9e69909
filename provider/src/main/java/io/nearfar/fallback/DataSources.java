package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import java.util.Properties;
import javax.cache.CacheException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds the database that the settings name. */
final class DataSources {
    private DataSources() {}

    /** Finds it; opens no connection. JNDI is asked in this thread, for names can be the component's own. */
    static Connections of(FallbackSettings settings, Properties properties) {
        if (settings.isUrl()) {
            return new UrlConnections(settings, System::nanoTime);
        } else if (settings.source().equals(FallbackSettings.OBJECT)) {
            return pooled(settings, properties.get(FallbackSettings.KEY));
        }
        return pooled(settings, Jndi.lookup(settings.source()));
    }

    private static Connections pooled(FallbackSettings settings, @Nullable Object found) {
        if (found instanceof DataSource source) {
            return new PooledConnections(source);
        }
        throw new CacheException(
                FallbackSettings.KEY + " = " + settings.shown() + ": that is no javax.sql.DataSource but " + found
                        + ". Name a DataSource, or give a URL that begins with jdbc:.");
    }
}
