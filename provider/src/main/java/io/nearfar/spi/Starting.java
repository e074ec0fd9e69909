package io.nearfar.spi;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a web application that starts is told from one that has ended, where both have the same class loader: a container calls
 * initializers and listeners of it. Their interfaces are known by name, since they need not be there.
 */
final class Starting {
    private static final String SERVLET = "jakarta.servlet.";
    private static final StackWalker WALKER = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private Starting() {}

    /** Tells whether the calling thread is inside of an initializer of a web application. */
    static boolean isSeenByCaller() {
        return WALKER.walk(frames -> frames.anyMatch(Starting::isInitializer));
    }

    private static boolean isInitializer(StackFrame frame) {
        return switch (frame.getMethodName()) {
            case "onStartup" -> implementsInterface(frame.getDeclaringClass(), SERVLET + "ServletContainerInitializer");
            case "contextInitialized" ->
                implementsInterface(frame.getDeclaringClass(), SERVLET + "ServletContextListener");
            default -> false;
        };
    }

    private static boolean implementsInterface(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals(name) || implementsInterface(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (implementsInterface(each, name)) {
                return true;
            }
        }
        return false;
    }
}
