package io.nearfar.cdi.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a web application that begins answer {@code /cache-status} and {@code /cache-debug}. Named by a service file that only
 * servlet containers read, so that it is loaded only where their interfaces are there.
 */
public final class StatusHook implements ServletContainerInitializer {
    /** Where caches are shown, within the application. */
    static final String STATUS = "/cache-status";

    /** Where they are tried. */
    static final String DEBUG = "/cache-debug";

    /** Creates the hook; the servlet container calls this. */
    public StatusHook() {}

    /** Adds a filter for each path, behind those that the application declares: they may know who is there. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> nothing, ServletContext context) {
        add(context, "nearfar-status", STATUS, Endpoint.status());
        add(context, "nearfar-debug", DEBUG, Endpoint.debug());
    }

    private static void add(ServletContext context, String name, String path, Endpoint endpoint) {
        FilterRegistration.Dynamic filter = context.addFilter(name, new EndpointFilter(endpoint));
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, path);
        }
    }
}
