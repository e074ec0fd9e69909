package io.nearfar.config;

import static io.nearfar.config.Importance.RARE;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The settings of encrypted connections. */
final class TlsTable {
    static final Setting<Path> CA =
            file("tls.ca", "the JDK's authorities", "PEM file with the certificates that are trusted.");

    static final Setting<Path> CERTIFICATE =
            file("tls.certificate", "none", "PEM file with the certificate that this client shows. Needs `tls.key`.");

    static final Setting<Path> KEY = file("tls.key", "none", "PEM file with the key of that certificate.");

    static final Setting<Path> TRUST_STORE = file(
            "tls.trust-store",
            "the JDK's authorities",
            "Key store with the certificates that are trusted, PKCS12 or JKS.");

    static final Setting<String> TRUST_STORE_PASSWORD =
            secret("tls.trust-store-password", "Password of that store. Never shown.");

    static final Setting<Path> KEY_STORE =
            file("tls.key-store", "none", "Key store with the key and certificate that this client shows.");

    static final Setting<String> KEY_STORE_PASSWORD =
            secret("tls.key-store-password", "Password of that store. Never shown.");

    static final Setting<Boolean> VERIFY_HOST = new Setting<>(
            "tls.verify-host",
            Kinds.FLAG,
            "true",
            null,
            RARE,
            EnumSet.of(Place.MANAGER),
            "Whether the server's certificate must name the host of the address. `false` trusts any server that an"
                    + " authority has signed.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(
            CA, CERTIFICATE, KEY, TRUST_STORE, TRUST_STORE_PASSWORD, KEY_STORE, KEY_STORE_PASSWORD, VERIFY_HOST);

    private TlsTable() {}

    private static Setting<Path> file(String name, String otherwise, String consequence) {
        return new Setting<>(name, Kinds.FILE, null, otherwise, RARE, EnumSet.of(Place.MANAGER), consequence);
    }

    private static Setting<String> secret(String name, String consequence) {
        return new Setting<>(name, Kinds.SECRET, null, null, RARE, EnumSet.of(Place.MANAGER), consequence);
    }
}
