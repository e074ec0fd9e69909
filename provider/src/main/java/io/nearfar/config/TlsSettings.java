package io.nearfar.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How encrypted connections are checked. Null where the JDK's defaults hold.
 *
 * @param trustStore key store file with trusted certificates
 * @param trustStorePassword its password
 * @param keyStore key store file with the client's key and certificate
 * @param keyStorePassword its password
 * @param ca PEM file with trusted certificates
 * @param certificate PEM file with the client's certificate
 * @param key PEM file with the client's key
 * @param verifyHost whether the server's certificate must name the host
 */
public record TlsSettings(
        @Nullable Path trustStore,
        @Nullable String trustStorePassword,
        @Nullable Path keyStore,
        @Nullable String keyStorePassword,
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean verifyHost) {

    /** The JDK's defaults, host names checked. */
    public static final TlsSettings DEFAULTS = new TlsSettings(null, null, null, null, null, null, null, true);

    /** Returns the settings without passwords. */
    @Override
    public String toString() {
        return "TlsSettings[trustStore=" + trustStore + ", keyStore=" + keyStore + ", ca=" + ca + ", certificate="
                + certificate + ", key=" + key + ", verifyHost=" + verifyHost + "]";
    }
}
