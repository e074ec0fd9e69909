package io.nearfar.cdi.web;

import io.nearfar.cdi.limit.LimitGate;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import org.jspecify.annotations.Nullable;

/** Finds the gate before limited methods. Loaded only where CDI is there. */
final class Gates {
    private Gates() {}

    /** Returns that of the application in which the calling thread is, or null if it has none. */
    static @Nullable LimitGate find() {
        try {
            CDI<Object> beans = CDI.current();
            if (beans == null) { // as GlassFish answers where an application has none
                return null;
            }
            Instance<LimitGate> gates = beans.select(LimitGate.class);
            return gates.isResolvable() ? gates.get() : null;
        } catch (RuntimeException noContainer) {
            return null;
        }
    }
}
