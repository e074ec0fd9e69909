package io.nearfar.spi;

import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.NearfarSettings;
import java.util.ServiceConfigurationError;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a manager as their sources have them now, of which only how long entries live is looked at after a cache was
 * opened. They are read again at most once a second, by one of those who ask; what cannot be read leaves all as it was. Safe for
 * use by several threads.
 */
final class LiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<NearfarSettings> reading;
    private final LongSupplier ticker;
    private final AtomicLong readAt;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile NearfarSettings current;
    private volatile String told = "";

    /**
     * Creates those of a manager.
     *
     * @param first what was read for it
     * @param reading reads them again
     * @param ticker returns nanoseconds
     */
    LiveSettings(NearfarSettings first, Supplier<NearfarSettings> reading, LongSupplier ticker) {
        this.current = first;
        this.reading = reading;
        this.ticker = ticker;
        this.readAt = new AtomicLong(ticker.getAsLong());
    }

    private NearfarSettings current() {
        long now = ticker.getAsLong();
        long last = readAt.get();
        if (now - last >= PERIOD && isReading.compareAndSet(false, true)) {
            try {
                current = reading.get();
                told = "";
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) { // what held goes on to hold
                told = tell(e, told);
            } finally {
                readAt.set(ticker.getAsLong());
                isReading.set(false);
            }
        }
        return current;
    }

    /** Tells of a failure, unless it was the last to be told; returns what was told. */
    private static String tell(Throwable failure, String before) {
        String why = String.valueOf(failure.getMessage());
        if (!why.equals(before)) {
            LOG.warn("NF0602 settings that were changed cannot be read, and those of before go on to hold: {}", why);
        }
        return why;
    }

    /**
     * Returns what gives the settings of a cache, with what they say now of how long entries live.
     *
     * @param opened with which the cache was opened
     * @param caches finds those of the cache among all
     */
    Supplier<ConfiguredCache> of(ConfiguredCache opened, Function<NearfarSettings, ConfiguredCache> caches) {
        return new LiveCache(opened, caches);
    }

    private final class LiveCache implements Supplier<ConfiguredCache> {
        private final ConfiguredCache opened;
        private final Function<NearfarSettings, ConfiguredCache> caches;
        private volatile Read last;
        private volatile String told = "";

        LiveCache(ConfiguredCache opened, Function<NearfarSettings, ConfiguredCache> caches) {
            this.opened = opened;
            this.caches = caches;
            this.last = new Read(current(), opened);
        }

        @Override
        public ConfiguredCache get() {
            NearfarSettings now = current();
            Read read = last;
            if (read.settings == now) {
                return read.cache;
            }
            Read again = new Read(now, again(now, read.cache));
            last = again;
            return again.cache;
        }

        private ConfiguredCache again(NearfarSettings now, ConfiguredCache before) {
            try {
                ConfiguredCache living = opened.livingAs(caches.apply(now));
                told = "";
                return living;
            } catch (RuntimeException e) {
                told = tell(e, told);
                return before;
            }
        }
    }

    private record Read(NearfarSettings settings, ConfiguredCache cache) {}
}
