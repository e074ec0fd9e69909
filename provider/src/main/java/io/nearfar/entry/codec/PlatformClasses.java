package io.nearfar.entry.codec;

/** Tells the JDK's own classes, whose fields are nobody's business, from the application's. */
public final class PlatformClasses {
    private PlatformClasses() {}

    /** Tells whether the class comes with the JDK. */
    public static boolean owns(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
