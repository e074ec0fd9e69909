package io.nearfar.cdi.web;

import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.inject.Singleton;

/**
 * Makes what is known of a request a bean, unless the application has one of its own. Does nothing where there are no
 * servlets. The container finds it by its service file.
 */
public class WebExtension implements Extension {
    private static final String SERVLETS = "jakarta.servlet.http.HttpServletRequest";

    private boolean hasFacts;

    void collect(@Observes ProcessBean<?> event) {
        hasFacts = hasFacts || event.getBean().getTypes().contains(RequestFacts.class);
    }

    void addFacts(@Observes AfterBeanDiscovery event) {
        if (!hasFacts && Apis.has(SERVLETS)) {
            event.<RequestFacts>addBean()
                    .beanClass(RequestFacts.class)
                    .id(RequestFacts.class.getName())
                    .types(RequestFacts.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> new CurrentFacts());
        }
    }
}
