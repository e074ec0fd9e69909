package io.nearfar.far;

import io.nearfar.config.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.cache.CacheException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom an encrypted connection trusts and who we are to the server, read from key stores or PEM files. */
final class Certificates {
    private static final char[] NO_PASSWORD = new char[0];
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private final TlsSettings settings;

    Certificates(TlsSettings settings) {
        this.settings = settings;
    }

    /** Returns what trusts the given certificates, or null for the JDK's own. */
    @Nullable
    TrustManagerFactory trust() {
        if (settings.trustStore() == null && settings.ca() == null) {
            return null;
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    settings.ca() == null
                            ? store(settings.trustStore(), settings.trustStorePassword())
                            : authorities(settings.ca()));
            return trust;
        } catch (GeneralSecurityException e) {
            throw unusable("trusted certificates", settings.ca() == null ? settings.trustStore() : settings.ca(), e);
        }
    }

    /** Returns what presents the client's certificate, or null if there is none to present. */
    @Nullable
    KeyManagerFactory identity() {
        Path certificate = settings.certificate();
        Path key = settings.key();
        try {
            if (certificate != null && key != null) {
                return identity(pair(certificate, key), NO_PASSWORD);
            }
            return settings.keyStore() == null
                    ? null
                    : identity(
                            store(settings.keyStore(), settings.keyStorePassword()),
                            chars(settings.keyStorePassword()));
        } catch (GeneralSecurityException e) {
            throw unusable("client certificate", certificate == null ? settings.keyStore() : certificate, e);
        }
    }

    /** Returns a context over both. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = trust();
            KeyManagerFactory identity = identity();
            context.init(
                    identity == null ? null : identity.getKeyManagers(),
                    trust == null ? null : trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable("TLS", null, e);
        }
    }

    private static KeyManagerFactory identity(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(store, password);
        return identity;
    }

    private static KeyStore store(@Nullable Path file, @Nullable String password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        if (file == null) {
            throw new GeneralSecurityException("no file is named");
        }
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password == null ? null : chars(password));
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static char[] chars(@Nullable String password) {
        return password == null ? NO_PASSWORD : password.toCharArray();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyStore authorities(Path pem) throws GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path pem) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyStore pair(Path certificate, Path key) throws GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate).toArray(new Certificate[0]));
        return store;
    }

    private static PrivateKey privateKey(Path pem) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8(pem));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                continue; // another algorithm's key
            }
        }
        throw new GeneralSecurityException(pem + " holds no private key of " + KEY_ALGORITHMS);
    }

    private static byte[] pkcs8(Path pem) throws GeneralSecurityException {
        try {
            String text = Files.readString(pem, StandardCharsets.US_ASCII);
            int from = text.indexOf("-----BEGIN PRIVATE KEY-----");
            int to = text.indexOf("-----END PRIVATE KEY-----");
            if (from < 0 || to < 0) {
                throw new GeneralSecurityException(
                        pem + " holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY); convert it"
                                + " with: openssl pkcs8 -topk8 -nocrypt -in " + pem.getFileName());
            }
            String base64 = text.substring(from + "-----BEGIN PRIVATE KEY-----".length(), to);
            return Base64.getMimeDecoder().decode(base64);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static CacheException unusable(String what, @Nullable Path file, GeneralSecurityException cause) {
        String from = file == null ? "" : " from " + file;
        return new CacheException(
                "The " + what + " for the far tier cannot be used" + from + ": " + cause.getMessage(), cause);
    }
}
