package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FarSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void far_nothingSet_hasTheDefaultsOfTheReference() {
        FarSettings far =
                Reading.of("nearfar.address=redis://h", "nearfar.prefix=p").far();

        assertThat(far)
                .isEqualTo(new FarSettings(
                        far.address(),
                        "nearfar.address (properties of the manager)",
                        "p",
                        StartPolicy.DEFAULT,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        false,
                        4,
                        1,
                        TlsSettings.DEFAULTS));
    }

    @Test
    void far_everySetting_isReadFromItsOwnKey() {
        FarSettings far = Reading.of(
                        "nearfar.address=redis://h",
                        "nearfar.application=shop",
                        "nearfar.environment=test",
                        "nearfar.start=require",
                        "nearfar.connect-timeout=2s",
                        "nearfar.deadline=3s",
                        "nearfar.ping-interval=4s",
                        "nearfar.beat=500ms",
                        "nearfar.near.lease=6s",
                        "nearfar.keyspace-events=true",
                        "nearfar.pool.size=5",
                        "nearfar.pool.minimum=2")
                .far();

        assertThat(far)
                .isEqualTo(new FarSettings(
                        far.address(),
                        "nearfar.address (properties of the manager)",
                        "shop/test",
                        StartPolicy.REQUIRE,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(6),
                        true,
                        5,
                        2,
                        TlsSettings.DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({
        "nearfar.near.lease, 300ms, 'near lease, 300ms, is less than two beats of 200ms'",
        "nearfar.beat, 2s, 'near lease, 1s, is less than two beats of 2s'",
        "nearfar.beat, 5ms, less than 10ms",
    })
    void far_leaseAndBeatThatDoNotFit_areAMistake(String key, String text, String says) {
        assertThatThrownBy(() -> Reading.of("nearfar.address=redis://h", key + "=" + text)
                        .read())
                .hasMessageContaining(key)
                .hasMessageContaining(text)
                .hasMessageContaining(says);
    }

    @Test
    void far_passwordFile_isReadWithoutItsLineBreak() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), " se cret \r\n");

        assertThat(Reading.of("nearfar.address=redis://ann@h", "nearfar.password.file=" + file)
                        .far()
                        .address()
                        .password())
                .isEqualTo(" se cret ");
    }

    @Test
    void far_passwordFileInEnvironment_takesThePlaceOfAPassword() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "new");

        assertThat(Reading.ofNothing()
                        .uri("redis://:old@h")
                        .variable("NEARFAR_PASSWORD_FILE", file.toString())
                        .far()
                        .address()
                        .password())
                .isEqualTo("new");
    }

    @Test
    void far_tlsByPem_isRead() throws IOException {
        Path pem = Files.writeString(folder.resolve("a.pem"), "");

        assertThat(Reading.of(
                                "nearfar.address=rediss://h",
                                "nearfar.tls.ca=" + pem,
                                "nearfar.tls.certificate=" + pem,
                                "nearfar.tls.key=" + pem,
                                "nearfar.tls.verify-host=false")
                        .far()
                        .tls())
                .isEqualTo(new TlsSettings(null, null, null, null, pem, pem, pem, false));
    }

    @Test
    void far_tlsByStores_isRead() throws IOException {
        Path store = Files.writeString(folder.resolve("a.p12"), "");

        assertThat(Reading.of(
                                "nearfar.address=rediss://h",
                                "nearfar.tls.trust-store=" + store,
                                "nearfar.tls.trust-store-password=one",
                                "nearfar.tls.key-store=" + store,
                                "nearfar.tls.key-store-password=two")
                        .far()
                        .tls())
                .isEqualTo(new TlsSettings(store, "one", store, "two", null, null, null, true));
    }

    @Test
    void far_authorityInRicherSource_takesThePlaceOfTheTrustStoreAndItsPassword() throws IOException {
        Path pem = Files.writeString(folder.resolve("a.pem"), "");

        assertThat(Reading.of("nearfar.address=rediss://h", "nearfar.tls.ca=" + pem)
                        .system("nearfar.tls.trust-store", "/nowhere.p12")
                        .system("nearfar.tls.trust-store-password", "one")
                        .far()
                        .tls())
                .isEqualTo(new TlsSettings(null, null, null, null, pem, null, null, true));
    }
}
