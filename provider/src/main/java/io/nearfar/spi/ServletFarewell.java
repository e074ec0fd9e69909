package io.nearfar.spi;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Closes what a web application has opened when its container takes it down. The class loader is that of its beginning: at the
 * end a container may refuse a listener that no descriptor names what it asks of the context, as Tomcat 10.0 does.
 */
final class ServletFarewell implements ServletContextListener {
    private final ClassLoader application;

    ServletFarewell(ClassLoader application) {
        this.application = application;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Applications.all().ends(application);
    }
}
