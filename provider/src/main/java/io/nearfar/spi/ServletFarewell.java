package io.nearfar.spi;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Closes what a web application has opened when its container takes it down. */
final class ServletFarewell implements ServletContextListener {
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Applications.all().ends(event.getServletContext().getClassLoader());
    }
}
