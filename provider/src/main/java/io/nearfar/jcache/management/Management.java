package io.nearfar.jcache.management;

import java.net.URI;
import java.util.function.Supplier;
import javax.cache.configuration.CompleteConfiguration;

/** The two MXBeans of one cache (JSR-107, chapter 11). */
public final class Management implements AutoCloseable {
    private final CacheStatistics statistics;
    private final Bean statisticsBean;
    private final Bean configurationBean;

    /** Creates both, neither of them visible. */
    public Management(
            URI manager,
            String cache,
            CacheStatistics statistics,
            Supplier<CompleteConfiguration<?, ?>> configuration) {
        this.statistics = statistics;
        this.statisticsBean = new Bean(statistics, "CacheStatistics", manager, cache);
        this.configurationBean = new Bean(new ConfigurationBean(configuration), "CacheConfiguration", manager, cache);
    }

    /** Begins or ends to count, and shows the statistics or not. */
    public void enableStatistics(boolean on) {
        statistics.enable(on);
        statisticsBean.show(on);
    }

    /** Shows the configuration or not. */
    public void enableManagement(boolean on) {
        configurationBean.show(on);
    }

    /** Hides both. */
    @Override
    public void close() {
        enableStatistics(false);
        enableManagement(false);
    }
}
