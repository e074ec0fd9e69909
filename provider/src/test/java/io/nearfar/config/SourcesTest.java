package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    @TempDir
    private Path folder;

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("nearfar.properties"), java.util.List.of(lines))
                .toUri()
                .toString();
    }

    @Test
    void read_sameKeyEverywhere_firstSourceWins() throws IOException {
        Reading reading = Reading.ofNothing().uri(file("nearfar.deadline=1s"));
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(1));
        reading.variable("NEARFAR_DEADLINE", "2s");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(2));
        reading.system("nearfar.deadline", "3s");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(3));
        reading.property("nearfar.deadline", "4s");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void read_blankText_countsAsNotSet() throws IOException {
        assertThat(Reading.ofNothing()
                        .uri(file("nearfar.address=redis://file"))
                        .variable("NEARFAR_ADDRESS", " ")
                        .variable("REDIS_URL", "")
                        .far()
                        .address()
                        .hosts())
                .containsExactly("file:6379");
    }

    @ParameterizedTest
    @CsvSource({"NEARFAR_ADDRESS, redis://own", "REDIS_URL, redis://common", "VALKEY_URL, valkey://common"})
    void read_addressInEnvironment_givesTieredModeAndOrigin(String variable, String address) {
        NearfarSettings settings =
                Reading.of("nearfar.prefix=p").variable(variable, address).read();

        assertThat(settings.mode()).isEqualTo(Mode.TIERED);
        assertThat(settings.far()).isNotNull();
        assertThat(settings.far().origin()).isEqualTo(variable + " (environment)");
        assertThat(settings.describe())
                .isEqualTo("mode tiered, far tier " + settings.far().address() + " from " + variable
                        + " (environment), prefix p from nearfar.prefix (properties of the manager)");
    }

    @Test
    void read_severalAddressesInEnvironment_ownNameThenRedisThenValkey() {
        Reading reading = Reading.ofNothing().variable("VALKEY_URL", "redis://valkey");
        reading.variable("REDIS_URL", "redis://redis");
        assertThat(reading.far().address().hosts()).containsExactly("redis:6379");
        reading.variable("NEARFAR_ADDRESS", "redis://own");
        assertThat(reading.far().address().hosts()).containsExactly("own:6379");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h:7", "rediss://h:7", "valkey://h:7", "redis://h:7,i:7/mymaster/1"})
    void read_addressAsUri_isTheAddress(String uri) {
        FarSettings far = Reading.ofNothing().uri(uri).far();

        assertThat(far.address().hosts()).startsWith("h:7");
        assertThat(far.origin()).isEqualTo("nearfar.address (URI of the manager)");
    }

    @Test
    void read_fileAsUri_readsUtf8AndIgnoresForeignKeys() throws IOException {
        CacheSettings cache = Reading.ofNothing()
                .uri(file("shop.colour=red", "nearfar.cache.städte.ttl=7s"))
                .cache("städte");

        assertThat(cache.timeToLive()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:conf/shop.properties", "classpath:/conf/shop.properties"})
    void read_classPathUri_readsThroughTheLoaderOfTheManager(String uri) throws IOException {
        Path resource = folder.resolve("conf/shop.properties");
        Files.createDirectories(resource.getParent());
        Files.writeString(resource, "nearfar.deadline=7s");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            assertThat(Reading.ofNothing().uri(uri).loader(loader).cache("c").deadline())
                    .isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void read_defaultUri_readsItsResourceIfThereIsOne() throws IOException {
        Files.writeString(folder.resolve("nearfar.properties"), "nearfar.deadline=7s");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Reading reading = Reading.ofNothing().uri(SettingsReader.DEFAULT_URI.toString());
            assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofMillis(250));
            assertThat(reading.loader(loader).cache("c").deadline()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void read_jarUri_readsTheEntry() throws IOException {
        Path jar = folder.resolve("shop.jar");
        try (var files = java.nio.file.FileSystems.newFileSystem(
                URI.create("jar:" + jar.toUri()), java.util.Map.of("create", "true"))) {
            Files.writeString(files.getPath("shop.properties"), "nearfar.deadline=7s");
        }
        assertThat(Reading.ofNothing()
                        .uri("jar:" + jar.toUri() + "!/shop.properties")
                        .cache("c")
                        .deadline())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:shop:main", "http://shop.example/nearfar.properties", "shop", "my-manager:1"})
    void read_anyOtherUri_isANameOnly(String uri) {
        assertThat(Reading.ofNothing().uri(uri).read().mode()).isEqualTo(Mode.NEAR);
    }

    @Test
    void read_propertiesWithDefaultsAndOddTypes_areAllRead() {
        Properties defaults = new Properties();
        defaults.setProperty("nearfar.deadline", "7s");
        Properties properties = new Properties(defaults);
        properties.put("nearfar.near.maximum-entries", 7);
        NearfarSettings settings = SettingsReader.read(
                URI.create("a:b"),
                properties,
                getClass().getClassLoader(),
                new Surroundings(java.util.Map.of(), java.util.Map.of()));

        assertThat(settings.cache("c", false).deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.cache("c", false).nearMaximumEntries()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearfar.profile", "mp.config.profile"})
    void read_profile_itsKeysComeFirstWithinASource(String key) {
        Reading reading = Reading.of("nearfar.deadline=1s", "%dev.nearfar.deadline=2s", "%prod.nearfar.deadline=3s");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(1));
        reading.system(key, "dev");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(2));
        reading.variable("_DEV_NEARFAR_DEADLINE", "4s");
        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void read_profileInEnvironment_isRead() {
        assertThat(Reading.ofNothing()
                        .variable("NEARFAR_PROFILE", "my-dev")
                        .variable("NEARFAR_DEADLINE", "1s")
                        .variable("_MY_DEV_NEARFAR_DEADLINE", "2s")
                        .variable("_PROD_NEARFAR_DEADLINE", "3s")
                        .cache("c")
                        .deadline())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void read_severalProfiles_lastWins() {
        assertThat(Reading.of(
                                "nearfar.profile=dev, ann",
                                "%dev.nearfar.deadline=1s",
                                "%ann.nearfar.deadline=2s",
                                "%dev.nearfar.max-stale=3s")
                        .cache("c"))
                .satisfies(cache -> {
                    assertThat(cache.deadline()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(cache.maxStale()).isEqualTo(Duration.ofSeconds(3));
                });
    }

    @Test
    void read_serviceLinksOfKubernetes_areIgnored() {
        assertThat(Reading.ofNothing()
                        .variable("NEARFAR_PORT", "tcp://10.0.0.1:6379")
                        .variable("NEARFAR_REDIS_SERVICE_HOST", "10.0.0.1")
                        .variable("NEARFAR_REDIS_SERVICE_PORT_REDIS", "6379")
                        .variable("NEARFAR_REDIS_PORT_6379_TCP_ADDR", "10.0.0.1")
                        .read()
                        .mode())
                .isEqualTo(Mode.NEAR);
    }
}
