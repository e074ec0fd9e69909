package io.nearfar.spi;

import org.jspecify.annotations.Nullable;

/** What class loaders tell of who belongs to whom. */
final class Loaders {
    private static final ClassLoader OWN = Loaders.class.getClassLoader();

    private Loaders() {}

    /**
     * Tells whether a class loader is {@code top} or has it among its parents. That of these classes counts as a parent of all
     * that see them: on servers made of modules it is none of theirs where the jar is a library of the server.
     */
    static boolean isBelow(@Nullable ClassLoader loader, ClassLoader top) {
        ClassLoader each = loader;
        while (each != null && each != top) {
            each = each.getParent();
        }
        return each == top || (top == OWN && loader != null && seesUs(loader));
    }

    private static boolean seesUs(ClassLoader loader) {
        try {
            return Class.forName(Loaders.class.getName(), false, loader) == Loaders.class;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** Tells whether a class loader is the one that the program was started with, or one above it. */
    static boolean isOfProgram(ClassLoader loader) {
        return isBelow(ClassLoader.getSystemClassLoader(), loader);
    }

    /**
     * Returns the class loader of the application that the calling thread works for: the thread's, if it can see the
     * classes of {@code own}, as an application's can where the jar is a library of the server; else {@code own}.
     */
    static ClassLoader ofApplication(ClassLoader own) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null && isBelow(context, own) ? context : own;
    }
}
