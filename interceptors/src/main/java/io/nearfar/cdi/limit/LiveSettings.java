package io.nearfar.cdi.limit;

import org.jspecify.annotations.Nullable;

/** Settings as they are at the moment they are asked for. */
@FunctionalInterface
interface LiveSettings {
    /**
     * Returns the text of a setting, or null if it is not set.
     *
     * @throws RuntimeException if it is set and cannot be read
     */
    @Nullable
    String find(String key);

    /** Returns the settings of MicroProfile Config where it is there, else system properties. */
    static LiveSettings of(ClassLoader application) {
        try {
            return MicroProfileSettings.of(application);
        } catch (NoClassDefFoundError | IllegalStateException notThere) { // no such interface, or nobody implements it
            return System::getProperty;
        }
    }
}
