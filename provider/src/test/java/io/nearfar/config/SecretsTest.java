package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    private Path folder;

    @Test
    void toString_ofEverythingRead_showsNoPassword() throws Exception {
        NearfarSettings settings = everythingSecret();

        assertThat(settings.far()).isNotNull();
        assertThat(settings.far().address().password()).isEqualTo(SECRET);
        assertThat(settings.far().tls().keyStorePassword()).isEqualTo(SECRET);
        List<Object> shown = new ArrayList<>(List.of(settings, settings.describe()));
        addRecords(settings.far(), shown);
        addRecords(settings.cache("c", true), shown);
        assertThat(shown)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(part -> assertThat(part.toString()).doesNotContain(SECRET));
    }

    @Test
    void address_isShownWithoutUserAndPassword() {
        NearfarSettings settings = Reading.of("nearfar.address=redis://ann:" + SECRET + "@h:1/2", "nearfar.prefix=shop")
                .read();

        assertThat(settings.far()).isNotNull();
        assertThat(settings.far().address().user()).isEqualTo("ann");
        assertThat(settings.far().address()).hasToString("redis://h:1/2");
        assertThat(settings.describe()).contains("redis://h:1/2 ").doesNotContain("ann");
    }

    @Test
    void toString_ofWhatIsReadOnTheWay_showsNoPassword() throws WrongAddressException {
        Found found = new Found("nearfar.password", SECRET, "environment");
        WrittenAddress written = AddressReader.read("redis://ann:" + SECRET + "@h");

        assertThat(written.credentials().password()).isEqualTo(SECRET);
        assertThat(List.of(found, new Given(found, ManagerTable.PASSWORD, 0), written, written.credentials()))
                .allSatisfy(part -> assertThat(part.toString()).doesNotContain(SECRET));
        assertThat(new Given(found, ManagerTable.PASSWORD, 0).shown()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h:1/0, redis://h:1/0",
        "redis://:s3cr3t@h:1/0, redis://***@h:1/0",
        "redis://ann:s3cr3t@h:1/0, redis://***@h:1/0",
        "redis://ann:s3@cr3t/s3cr3t@h:1/0, redis://***@h:1/0",
        "redis://ann:s3 cr3t@h, redis://***@h",
        "'redis://ann:s3cr3t@h,redis://ann:s3cr3t@i', redis://***@i",
        "redis://h?password=s3cr3t, redis://h?***",
        "redis://h?password=s3@cr3t, redis://***",
        "redis://:s3?cr3t@h, redis://***",
        "redis://:s3cr3t, redis://***",
        "ann:s3cr3t@h, ***@h"
    })
    void address_withCredentials_isShownWithoutThem(String address, String shown) {
        assertThat(Shown.address(address)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://ann:s3cr3t@h:1/0, redis://***@h:1/0",
        "redis://h:1/0, redis://h:1/0",
        "file:/home/a@b/shop.properties, file:/home/a@b/shop.properties"
    })
    void shown_uriOfAManager_hidesCredentialsOfAnAddress(URI uri, String shown) {
        assertThat(SettingsReader.shown(uri)).isEqualTo(shown);
    }

    private NearfarSettings everythingSecret() throws IOException {
        Path store = Files.writeString(folder.resolve("a.p12"), "");
        return Reading.of(
                        "nearfar.address=rediss://ann:" + SECRET + "@h",
                        "nearfar.tls.trust-store=" + store,
                        "nearfar.tls.trust-store-password=" + SECRET,
                        "nearfar.tls.key-store=" + store,
                        "nearfar.tls.key-store-password=" + SECRET)
                .read();
    }

    private static void addRecords(Object found, List<Object> records) throws ReflectiveOperationException {
        if (found instanceof Record) {
            records.add(found);
            for (RecordComponent component : found.getClass().getRecordComponents()) {
                addRecords(component.getAccessor().invoke(found), records);
            }
        }
    }
}
