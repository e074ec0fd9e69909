package io.nearfar.spi;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a servlet container tell when a web application ends, so that what it has opened is closed. Named by a service file
 * that only servlet containers read, so that it is loaded only where their interfaces are there.
 */
public final class ServletHook implements ServletContainerInitializer {
    /** Creates the hook; the servlet container calls this. */
    public ServletHook() {}

    /** Adds the listener to a web application that begins, whether it will use caches or not. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> nothing, ServletContext context) {
        ClassLoader application = context.getClassLoader();
        Applications.all().begins(application);
        context.addListener(new ServletFarewell(application));
    }
}
