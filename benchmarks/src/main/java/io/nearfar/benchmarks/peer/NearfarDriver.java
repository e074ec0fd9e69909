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

    private NearfarDriver(CacheManager manager, Opening opening) {
        super(manager, manager.createCache("cities", configuration(opening)));
    }

    static Driver near(Opening opening) {
        return open("near", opening, new Properties());
    }

    static Driver withServer(String mode, Opening opening) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.address", opening.address());
        properties.setProperty("nearfar.prefix", "benchmark-" + named(mode, opening));
        Driver opened = open(mode, opening, properties);
        awaitServer(() -> opened.get("absent"));
        return opened;
    }

    /** A start that takes longer than the provider waits for it goes on in the background; then there is no figure yet. */
    static void awaitServer(Runnable asking) {
        long begun = System.nanoTime();
        while (true) {
            try {
                asking.run();
                return;
            } catch (CacheException unreached) {
                if (System.nanoTime() - begun > LONGEST_START_NANOS) {
                    throw unreached;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private static Driver open(String mode, Opening opening, Properties properties) {
        properties.setProperty("nearfar.mode", mode);
        if (!mode.equals("far")) {
            properties.setProperty("nearfar.cache.cities.near.maximum-entries", String.valueOf(opening.room()));
        }
        // A benchmark on a busy machine measures slowness and wants no outage
        properties.setProperty("nearfar.deadline", "5s");
        properties.setProperty("nearfar.connect-timeout", "5s");
        properties.setProperty("nearfar.outage", "closed");
        return new NearfarDriver(manager(PROVIDER, "nearfar-" + named(mode, opening), properties), opening);
    }

    /** Two that are open at once must not share their entries; those of the usual size keep a short name. */
    private static String named(String mode, Opening opening) {
        String size = opening.room() == Keys.ROOM ? "" : "-" + opening.room();
        return mode + "-" + opening.values() + "-" + opening.duties() + size;
    }
}
