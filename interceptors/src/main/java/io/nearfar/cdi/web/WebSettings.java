package io.nearfar.cdi.web;

import io.nearfar.HttpSettings;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** What the settings say of requests to one web application. */
public final class WebSettings {
    private WebSettings() {}

    /** Returns them, or null while they cannot be read or another thread is about to; never waits for one. */
    public static @Nullable HttpSettings of(ServletContext application) {
        WebLimits.Opened open = WebLimits.of(application).open();
        return open == null ? null : open.settings();
    }
}
