package io.nearfar.benchmarks.peer;

import java.util.Properties;
import javax.cache.CacheManager;

/** Nearfar in one of its modes. */
final class NearfarDriver extends JCacheDriver {
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private NearfarDriver(CacheManager manager, Values values) {
        super(manager, manager.createCache("cities", configuration(values)));
    }

    static Driver near(Values values) {
        return open("near", values, new Properties());
    }

    static Driver withServer(String mode, Values values, String address) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.address", address);
        properties.setProperty("nearfar.prefix", "benchmark-" + mode + "-" + values.name());
        return open(mode, values, properties);
    }

    private static Driver open(String mode, Values values, Properties properties) {
        properties.setProperty("nearfar.mode", mode);
        if (!mode.equals("far")) {
            properties.setProperty("nearfar.cache.cities.near.maximum-entries", String.valueOf(Keys.ROOM));
        }
        // A benchmark on a busy machine measures slowness and wants no outage
        properties.setProperty("nearfar.deadline", "5s");
        properties.setProperty("nearfar.connect-timeout", "5s");
        properties.setProperty("nearfar.outage", "closed");
        return new NearfarDriver(manager(PROVIDER, "nearfar-" + mode + "-" + values, properties), values);
    }
}
