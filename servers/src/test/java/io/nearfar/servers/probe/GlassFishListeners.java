package io.nearfar.servers.probe;

import java.util.Map;
import java.util.Set;

/**
 * GlassFish's list of what listens to its events. Each deployment adds some that hold the application, and taking them out again
 * fails: the list is sorted by a number that {@code EventsImpl.unregister} does not know. So it is done here.
 */
final class GlassFishListeners {
    private static final String EVENTS = "org.glassfish.api.event.Events";
    private static final Set<String> OF_DEPLOYMENTS = Set.of(
            "org.glassfish.internal.data.ApplicationInfo$DeploymentFailedListener",
            "org.glassfish.deployment.admin.DeployCommand");

    private GlassFishListeners() {}

    /** Takes those of all deployments out of the list; returns how many there were. */
    static int takeOut() {
        try {
            int before = listeners().size();
            listeners().keySet().removeIf(GlassFishListeners::isOfDeployment);
            return before - listeners().size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This is another GlassFish than the one that this was written for", e);
        }
    }

    private static Map<?, ?> listeners() throws ReflectiveOperationException {
        Object events = Class.forName("org.glassfish.internal.api.Globals")
                .getMethod("get", Class.class)
                .invoke(null, Class.forName(EVENTS));
        return (Map<?, ?>) field(events, "listeners");
    }

    private static boolean isOfDeployment(Object entry) {
        try {
            return OF_DEPLOYMENTS.contains(
                    field(entry, "eventListener").getClass().getName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        var field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
