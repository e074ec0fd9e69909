package io.nearfar.cdi.limit;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Asks MicroProfile Config. The only class that needs it, loaded only where it is there. */
final class MicroProfileSettings implements LiveSettings {
    private final ClassLoader application;

    private MicroProfileSettings(ClassLoader application) {
        this.application = application;
    }

    /**
     * Returns the settings of an application.
     *
     * @throws IllegalStateException if nobody implements the interface
     */
    static LiveSettings of(ClassLoader application) {
        ConfigProvider.getConfig(application);
        return new MicroProfileSettings(application);
    }

    @Override
    public @Nullable String find(String key) {
        ConfigValue value = ConfigProvider.getConfig(application).getConfigValue(key);
        if (value.getValue() == null
                && value.getRawValue() != null
                && !value.getRawValue().isBlank()) {
            throw new IllegalArgumentException("It refers with ${ } to a key that is not set. Set that key");
        }
        return value.getValue();
    }
}
