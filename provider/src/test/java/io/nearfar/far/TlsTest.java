package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.TlsSettings;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TestCertificates;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and the two ways to get the scheme wrong. */
@Timeout(120)
class TlsTest {
    /** Longer takes only what waits for ever. */
    private static final Duration HANG = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestCertificates server;
    private static TestCertificates stranger;
    private static RealRedis redis;
    private static RealRedis mutual;
    private static RealRedis plain;

    @BeforeAll
    static void start() {
        server = TestCertificates.make(folder, "server", "ip:127.0.0.1");
        stranger = TestCertificates.make(folder, "stranger", "dns:elsewhere.example");
        redis = RealRedis.start(server.server(false));
        mutual = RealRedis.start(server.server(true));
        plain = RealRedis.start();
        FarSetups.open(FarSetups.far(FarSetups.address(plain.host()), "tls")).close(); // loads the classes
    }

    @AfterAll
    static void stop() {
        redis.close();
        mutual.close();
        plain.close();
    }

    private static TlsSettings pem(Path ca) {
        return new TlsSettings(null, null, null, null, ca, null, null, true);
    }

    private static FarSettings settings(RealRedis at, boolean encrypted, TlsSettings tls) {
        FarAddress address = new FarAddress(Topology.STANDALONE, List.of(at.host()), encrypted, null, null, 0, null);
        return FarSetups.checking(FarSetups.far(address, "tls"), tls);
    }

    private static void assertWorks(FarSettings settings) {
        try (FarTier tier = FarSetups.open(settings)) {
            EntryStore<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            Change<String> put = Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(60_000), false);
            store.apply("k", put);
            assertThat(store.read("k", Freshness.AUTHORITY).value().get()).isEqualTo("v");
        }
    }

    private static void assertRefused(FarSettings settings, String says) {
        long start = System.nanoTime();
        Throwable refusal = catchThrowable(() -> FarTier.open(settings).close());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
        assertThat(refusal)
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(settings.address().hosts().get(0))
                .hasMessageContaining(says);
    }

    @Test
    void open_trustingTheCertificate_works() {
        assertWorks(settings(redis, true, pem(server.certificate())));
    }

    @Test
    void open_withTrustStore_works() {
        TlsSettings store =
                new TlsSettings(server.store(), TestCertificates.PASSWORD, null, null, null, null, null, true);
        assertWorks(settings(redis, true, store));
    }

    @Test
    void open_withClientCertificateAsPem_works() {
        TlsSettings client =
                new TlsSettings(null, null, null, null, server.certificate(), server.certificate(), server.key(), true);
        assertWorks(settings(mutual, true, client));
    }

    @Test
    void open_withClientCertificateInKeyStore_works() {
        TlsSettings client = new TlsSettings(
                null, null, server.store(), TestCertificates.PASSWORD, server.certificate(), null, null, true);
        assertWorks(settings(mutual, true, client));
    }

    @Test
    void open_withoutTheClientCertificate_isRefused() {
        assertRefused(settings(mutual, true, pem(server.certificate())), "TLS failed");
    }

    @Test
    void open_ofUntrustedServer_isRefused() {
        assertRefused(settings(redis, true, TlsSettings.DEFAULTS), "TLS failed");
        assertRefused(settings(redis, true, pem(stranger.certificate())), "TLS failed");
    }

    @Test
    void open_ofAnotherHostsCertificate_isRefusedUnlessToldNotToLook() {
        try (RealRedis elsewhere = RealRedis.start(stranger.server(false))) {
            assertRefused(settings(elsewhere, true, pem(stranger.certificate())), "127.0.0.1");
            TlsSettings lenient = new TlsSettings(null, null, null, null, stranger.certificate(), null, null, false);
            assertWorks(settings(elsewhere, true, lenient));
        }
    }

    @Test
    void open_ofAPlainPortWithTls_namesTheScheme() {
        assertRefused(settings(plain, true, pem(server.certificate())), "use redis://");
        assertRefused(settings(plain, true, TlsSettings.DEFAULTS), "use redis://");
    }

    @Test
    void open_ofATlsPortWithoutTls_namesTheScheme() {
        assertRefused(settings(redis, false, TlsSettings.DEFAULTS), "use rediss://");
        assertRefused(settings(mutual, false, TlsSettings.DEFAULTS), "use rediss://");
    }

    @Test
    void open_withFilesThatAreNone_namesThem() {
        Path missing = folder.resolve("missing.pem");
        assertRefusedBefore(pem(missing), "missing.pem");
        assertRefusedBefore(pem(server.key()), "server.key");
        TlsSettings key = new TlsSettings(
                null, null, null, null, server.certificate(), server.certificate(), server.certificate(), true);
        assertRefusedBefore(key, "PKCS#8");
        TlsSettings store = new TlsSettings(server.store(), "wrong", null, null, null, null, null, true);
        assertRefusedBefore(store, "server.p12");
    }

    private static void assertRefusedBefore(TlsSettings tls, String says) {
        assertThat(catchThrowable(() -> FarTier.open(settings(redis, true, tls)).close()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(says);
    }
}
