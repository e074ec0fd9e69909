package io.nearfar.micrometer.boot;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.nearfar.NearfarManager;
import io.nearfar.micrometer.NearfarMetrics;
import javax.cache.CacheManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Gives Spring Boot the metrics of the application's cache manager, if there is one and no {@link NearfarMetrics} among the
 * beans; Boot binds them to its registries, and closes them before the manager.
 */
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration")
@ConditionalOnClass({CacheManager.class, MeterBinder.class, NearfarManager.class})
@ConditionalOnSingleCandidate(CacheManager.class)
public final class NearfarMetricsAutoConfiguration {
    /** Returns what binds the manager's metrics; of another provider's manager there are none. */
    @Bean
    @ConditionalOnMissingBean(NearfarMetrics.class)
    MeterBinder nearfarMetrics(CacheManager manager) {
        try {
            return new NearfarMetrics(manager.unwrap(NearfarManager.class));
        } catch (IllegalArgumentException another) {
            return registry -> {};
        }
    }
}
