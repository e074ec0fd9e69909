package io.nearfar.jcache.management;

import io.nearfar.Meter;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import javax.cache.configuration.CompleteConfiguration;

/** The two MXBeans of one cache (JSR-107, chapter 11), and one that shows its meters, beside the statistics. */
public final class Management implements AutoCloseable {
    private static final String SPECIFIED = "javax.cache";

    private final CacheStatistics statistics;
    private final Bean statisticsBean;
    private final Bean configurationBean;
    private final Bean metersBean;

    /** Creates them, none of them visible. */
    public Management(
            URI manager,
            String cache,
            CacheStatistics statistics,
            Supplier<CompleteConfiguration<?, ?>> configuration,
            Supplier<List<Meter>> meters) {
        this.statistics = statistics;
        this.statisticsBean = Bean.of(statistics, SPECIFIED, "CacheStatistics", manager, cache);
        this.configurationBean =
                Bean.of(new ConfigurationBean(configuration), SPECIFIED, "CacheConfiguration", manager, cache);
        this.metersBean =
                Bean.of(new MetersBean("cache " + cache, meters), MetersBean.DOMAIN, "CacheMetrics", manager, cache);
    }

    /** Begins or ends to count, and shows the statistics or not. */
    public void enableStatistics(boolean on) {
        statistics.enable(on);
        statisticsBean.show(on);
        metersBean.show(on);
    }

    /** Shows the configuration or not. */
    public void enableManagement(boolean on) {
        configurationBean.show(on);
    }

    /** Hides them. */
    @Override
    public void close() {
        enableStatistics(false);
        enableManagement(false);
    }
}
