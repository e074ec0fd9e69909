package io.nearfar.cdi.web.response;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the end of each request of a web application be heard, for those whose responses are kept, and keeps those of paths that the
 * settings name. Named by a service file that only
 * servlet containers read, so that it is loaded only where their interfaces are there.
 */
public final class ResponseHook implements ServletContainerInitializer {
    private static final String NAME = "nearfar-responses";
    private static final String PATHS = "nearfar-responses-of-paths";

    /** Creates the hook; the servlet container calls this. */
    public ResponseHook() {}

    /** Adds the filters: one before, and one behind those that the application declares. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> nothing, ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new TurnFilter());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
        FilterRegistration.Dynamic paths = context.addFilter(PATHS, new PathFilter(Clock.systemUTC()));
        if (paths != null) {
            paths.setAsyncSupported(true);
            paths.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
    }
}
