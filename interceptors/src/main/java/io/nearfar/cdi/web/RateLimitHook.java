package io.nearfar.cdi.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the filter of rate limits in front of a web application that begins, and that of metrics behind it. Named by a
 * service file that only servlet containers read, so that it is loaded only where their interfaces are there.
 */
public final class RateLimitHook implements ServletContainerInitializer {
    private static final String NAME = "nearfar-rate-limits";
    private static final String METRICS = "nearfar-metrics";

    /** Creates the hook; the servlet container calls this. */
    public RateLimitHook() {}

    /** Adds the filters, before those that the application declares, whether there will be limits and metrics or not. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> nothing, ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new RateLimitFilter(Clock.systemUTC()));
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
        }
        FilterRegistration.Dynamic metrics = context.addFilter(METRICS, new MetricsFilter());
        if (metrics != null) {
            metrics.setAsyncSupported(true);
            metrics.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
    }
}
