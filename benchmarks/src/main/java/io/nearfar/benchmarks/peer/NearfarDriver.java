package io.nearfar.benchmarks.peer;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheException;
import javax.cache.CacheManager;

/** Nearfar in one of its modes. */
final class NearfarDriver extends JCacheDriver {
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";
    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);

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
        Driver opened = open(mode, values, properties);
        awaitServer(opened);
        return opened;
    }

    /** A start that takes longer than the provider waits for it goes on in the background; then there is no figure yet. */
    private static void awaitServer(Driver driver) {
        long begun = System.nanoTime();
        while (true) {
            try {
                driver.get("absent");
                return;
            } catch (CacheException unreached) {
                if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                    throw unreached;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
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
