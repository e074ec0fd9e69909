package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackSettingsTest {
    private static final String SOURCE = "nearfar.fallback.datasource=";

    @TempDir
    private Path folder;

    private static @Nullable FallbackSettings read(String... lines) {
        return Reading.of(lines).property("nearfar.address", "redis://h").read().fallback();
    }

    @Test
    void nothingSet_isNoStore() {
        assertThat(read()).isNull();
    }

    @Test
    void withoutFarTier_isNoStore() {
        assertThat(Reading.of(SOURCE + "java:app/jdbc/shop").read().fallback()).isNull();
    }

    @Test
    void name_hasTheDefaultsOfTheReference() {
        assertThat(read(SOURCE + "java:app/jdbc/shop"))
                .isEqualTo(new FallbackSettings("java:app/jdbc/shop", "nearfar_fallback", null, null));
    }

    @Test
    void url_hasUserAndPassword() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "s3cr3t\n");
        FallbackSettings expected = new FallbackSettings("jdbc:h2:mem:x", "shop.F", "ann", "s3cr3t");
        assertThat(expected.entries()).isEqualTo(100_000);
        String[] common = {SOURCE + "jdbc:h2:mem:x", "nearfar.fallback.table=shop.F", "nearfar.fallback.user=ann"};

        assertThat(read(common[0], common[1], common[2], "nearfar.fallback.password=s3cr3t"))
                .isEqualTo(expected);
        assertThat(read(common[0], common[1], common[2], "nearfar.fallback.password.file=" + file))
                .isEqualTo(expected);
    }

    @Test
    void entries_areCounted() {
        FallbackSettings fallback = read(SOURCE + "java:x", "nearfar.fallback.entries=5000");
        assertThat(fallback).isNotNull();
        assertThat(fallback.entries()).isEqualTo(5_000);
        assertThatThrownBy(() -> read(SOURCE + "java:x", "nearfar.fallback.entries=0"))
                .hasMessageContaining("a whole number above 0");
    }

    @Test
    void object_ofTheProperties_isKnownWithoutBeingShown() {
        Properties properties = new Properties();
        properties.put("nearfar.fallback.datasource", new Object() {
            @Override
            public String toString() {
                throw new AssertionError("shown");
            }
        });
        properties.put("nearfar.address", "redis://h");
        FallbackSettings fallback =
                Reading.ofNothing().properties(properties).read().fallback();

        assertThat(fallback).isNotNull();
        assertThat(fallback.source()).isEqualTo(FallbackSettings.OBJECT);
        assertThat(fallback.isUrl()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://ann:s3cr3t@h/x, jdbc:postgresql:***",
        "jdbc:oracle:thin:ann/s3cr3t@h, jdbc:oracle:***",
        "jdbc:s3cr3t, jdbc:***",
        "java:app/jdbc/shop, java:app/jdbc/shop"
    })
    void source_isShownWithoutWhatMayBeSecret(String source, String shown) {
        FallbackSettings settings = new FallbackSettings(source, "T", "ann", "s3cr3t");
        assertThat(settings.shown()).isEqualTo(shown);
        assertThat(settings.toString()).contains(shown).doesNotContain("s3cr3t");
        Found found = new Found("nearfar.fallback.datasource", source, "environment");
        assertThat(new Given(found, ManagerTable.FALLBACK_DATASOURCE, 0).shown())
                .contains(shown)
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://h/x", "rmi:x", "JAVA:app/x"})
    void source_thatWouldAskOtherMachines_isRefused(String source) {
        assertThatThrownBy(() -> read(SOURCE + source)).hasMessageContaining("a JNDI name or a URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1A", "a b", "a;b", "a.b.c", "a-b", "Ä", "aaaaaaaaaaaaaaaaaaaaaaaaa", "\"A\""})
    void table_thatNotEveryDatabaseTakes_isRefused(String table) {
        assertThatThrownBy(() -> read(SOURCE + "java:x", "nearfar.fallback.table=" + table))
                .hasMessageContaining("letters of ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nearfar.fallback.table=T",
                "nearfar.fallback.entries=5",
                "nearfar.fallback.user=ann",
                "nearfar.fallback.password=s3cr3t"
            })
    void whatHasNoEffect_isAMistake(String line) {
        assertThatThrownBy(() -> read(line))
                .hasMessageContaining("no effect without nearfar.fallback.datasource")
                .message()
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearfar.fallback.user=ann", "nearfar.fallback.password=s3cr3t"})
    void userOfADataSource_isAMistake(String line) {
        assertThatThrownBy(() -> read(SOURCE + "java:x", line)).hasMessageContaining("a DataSource knows its user");
    }

    @Test
    void twoPasswords_areAMistake() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "other");
        assertThatThrownBy(() -> read(
                        SOURCE + "jdbc:h2:mem:x",
                        "nearfar.fallback.password=s3cr3t",
                        "nearfar.fallback.password.file=" + file))
                .hasMessageContaining("two passwords");
    }

    @Test
    void cache_leftOut_hasNoPart() {
        NearfarSettings settings = Reading.of("nearfar.address=redis://h", "nearfar.cache.c.outage.fallback=false")
                .read();
        assertThat(settings.cache("c", true).dirty().fallback()).isFalse();
        assertThat(settings.cache("d", true).dirty().fallback()).isTrue();
    }

    @Test
    void cache_closedWithFallback_isAMistake() {
        assertThatThrownBy(() -> Reading.of(
                                "nearfar.address=redis://h",
                                "nearfar.cache.c.outage=closed",
                                "nearfar.cache.c.outage.fallback=true")
                        .read())
                .hasMessageContaining("nothing is remembered where an outage throws");
    }
}
