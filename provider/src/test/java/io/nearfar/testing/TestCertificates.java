package io.nearfar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate that signs itself, made by the JDK's keytool for the time of a test, as key store and as PEM files. */
public record TestCertificates(Path store, Path certificate, Path key) {
    public static final String PASSWORD = "changeit";

    /**
     * Makes one.
     *
     * @param folder where its files go
     * @param name of the files
     * @param subject alternative names as keytool writes them, such as {@code ip:127.0.0.1}
     */
    public static TestCertificates make(Path folder, String name, String subject) {
        Path store = folder.resolve(name + ".p12");
        keytool(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        return new TestCertificates(
                store,
                pem(folder.resolve(name + ".crt"), "CERTIFICATE", bytes(store, name, false)),
                pem(folder.resolve(name + ".key"), "PRIVATE KEY", bytes(store, name, true)));
    }

    private static void keytool(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file, String alias, boolean key) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return key
                    ? store.getKey(alias, PASSWORD.toCharArray()).getEncoded()
                    : store.getCertificate(alias).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(Path file, String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        try {
            return Files.writeString(
                    file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns redis-server's arguments for a port that speaks TLS alone, with this certificate. */
    public String[] server(boolean asksClients) {
        return server(asksClients, 0);
    }

    /** Returns the same with a plain port besides. */
    public String[] server(boolean asksClients, int plainPort) {
        return new String[] {
            "--port",
            String.valueOf(plainPort),
            "--tls-port",
            "{port}",
            "--tls-cert-file",
            certificate.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-ca-cert-file",
            certificate.toString(),
            "--tls-auth-clients",
            asksClients ? "yes" : "no"
        };
    }
}
