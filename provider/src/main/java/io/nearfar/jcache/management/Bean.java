package io.nearfar.jcache.management;

import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** One MXBean, there or not, under a name as the specification prescribes it (section 11.1). */
final class Bean {
    private final Object bean;
    private final String name;
    private @Nullable ObjectName registered;

    private Bean(Object bean, String name) {
        this.bean = bean;
        this.name = name;
    }

    /** Creates one of a cache. */
    static Bean of(Object bean, String domain, String type, URI manager, String cache) {
        return new Bean(bean, name(domain, type, manager) + ",Cache=" + safe(cache));
    }

    /** Creates one of a manager. */
    static Bean of(Object bean, String domain, String type, URI manager) {
        return new Bean(bean, name(domain, type, manager));
    }

    private static String name(String domain, String type, URI manager) {
        return domain + ":type=" + type + ",CacheManager=" + safe(manager.toString());
    }

    /** Makes the bean appear or vanish; without effect if that is so already. */
    synchronized void show(boolean on) {
        if (on && registered == null) {
            registered = register();
        } else if (!on && registered != null) {
            unregister(registered);
            registered = null;
        }
    }

    /**
     * Two managers of equal URI but of different class loaders share the prescribed name; who comes second has a
     * property more.
     */
    private ObjectName register() {
        try {
            return register(name);
        } catch (InstanceAlreadyExistsException taken) {
            try {
                return register(name + ",Instance=" + Integer.toHexString(System.identityHashCode(bean)));
            } catch (JMException e) {
                throw new CacheException("MXBean " + name + " could not be registered beside another of that name", e);
            }
        } catch (JMException e) {
            throw new CacheException("MXBean " + name + " could not be registered", e);
        }
    }

    private ObjectName register(String name) throws JMException {
        ObjectName objectName = new ObjectName(name);
        server().registerMBean(bean, objectName);
        return objectName;
    }

    private static void unregister(ObjectName name) {
        try {
            server().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody else has taken it away already, and it was to go
        } catch (JMException e) {
            throw new CacheException("MXBean " + name + " could not be unregistered", e);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Returns the text with a full stop for each character that a value in an object name cannot have. */
    static String safe(String text) {
        return text.replaceAll("[:=\\n,*?\"]", ".");
    }
}
