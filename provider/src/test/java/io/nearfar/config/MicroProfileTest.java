package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroProfileTest {
    private static final String SOURCE = "PropertiesConfigSource[source=shop.properties]";

    private final ClassLoader application =
            new URLClassLoader(new URL[0], getClass().getClassLoader());
    private final Reading reading = Reading.ofNothing().loader(application);
    private final SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    private Config config = builder.build();

    @BeforeEach
    void register() {
        register(builder.build());
    }

    @AfterEach
    void release() {
        ConfigProviderResolver.instance().releaseConfig(config);
    }

    private void register(Config other) {
        ConfigProviderResolver.instance().releaseConfig(config);
        config = other;
        ConfigProviderResolver.instance().registerConfig(config, application);
    }

    private void registerKeys(Map<String, String> keys) {
        register(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(keys, "shop.properties", 100))
                .build());
    }

    @Test
    void read_keysOfTheApplication_countAfterPropertiesAndBeforeSystem() {
        registerKeys(Map.of("nearfar.deadline", "2s", "nearfar.cache.cities.ttl", "3s", "shop.colour", "red"));
        reading.system("nearfar.deadline", "1s");

        assertThat(reading.cache("cities").deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(reading.cache("cities").timeToLive()).isEqualTo(Duration.ofSeconds(3));
        assertThat(reading.property("nearfar.deadline", "4s").cache("cities").deadline())
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void read_otherClassLoader_hasOtherSettings() {
        registerKeys(Map.of("nearfar.deadline", "2s"));

        assertThat(Reading.ofNothing()
                        .loader(new URLClassLoader(new URL[0], getClass().getClassLoader()))
                        .cache("c")
                        .deadline())
                .isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void read_address_tellsItsSource() {
        registerKeys(Map.of("nearfar.address", "redis://${shop.host}:7", "shop.host", "h"));

        assertThat(reading.far().address().hosts()).containsExactly("h:7");
        assertThat(reading.far().origin()).isEqualTo("nearfar.address (MicroProfile Config, " + SOURCE + ")");
    }

    @Test
    void read_profile_itsKeysComeFirst() {
        registerKeys(Map.of(
                "mp.config.profile",
                "dev",
                "nearfar.deadline",
                "1s",
                "%dev.nearfar.deadline",
                "2s",
                "%dev.nearfar.cache.c.ttl",
                "3s",
                "%prod.nearfar.cache.c.ttl",
                "4s"));

        assertThat(reading.cache("c").deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(reading.cache("c").timeToLive()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void read_environmentBehindIt_overridesKeysThatItLists() {
        Map<String, String> environment = Map.of(
                "NEARFAR_ADDRESS", "redis://h", "NEARFAR_CACHE_CITIES_NEAR_TTL", "7s", "NEARFAR_CACHE_C_TTL", "8s");
        register(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new EnvConfigSource(environment, 300),
                        new PropertiesConfigSource(
                                Map.of("nearfar.cache.cities.near.ttl", "5s"), "shop.properties", 100))
                .build());

        assertThat(reading.far().address().hosts()).containsExactly("h:6379");
        assertThat(reading.cache("cities").nearTimeToLive()).isEqualTo(Duration.ofSeconds(7));
    }

    /** An implementation lists {@code nearfar.connect.timeout} too, and the variable is read as such in any case. */
    @Test
    void read_variableOfASettingWithADash_isNoMistake() {
        Map<String, String> environment = Map.of(
                "NEARFAR_CONNECT_TIMEOUT",
                "5s",
                "NEARFAR_CACHE_CITIES_MAX_STALE",
                "7s",
                "NEARFAR_ADDRESS",
                "redis://h");
        register(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .build());

        assertThat(config.getPropertyNames()).contains("nearfar.connect.timeout");
        assertThat(reading.far().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    /** Whether the implementation knows of the profile, or we alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_variableOfAProfile_ofASettingWithADash_isNoMistake(boolean known) {
        SmallRyeConfigBuilder profiled = new SmallRyeConfigBuilder().addDefaultInterceptors();
        register((known ? profiled.withProfile("dev") : profiled)
                .withSources(new EnvConfigSource(Map.of("_DEV_NEARFAR_CONNECT_TIMEOUT", "5s"), 300))
                .build());

        assertThat(reading.read().mode()).isEqualTo(Mode.NEAR);
    }

    /** It is no variable there. */
    @Test
    void read_keyWithADotForADash_isAMistake() {
        registerKeys(Map.of("nearfar.connect.timeout", "5s"));

        assertThatThrownBy(reading::read)
                .hasMessageContaining("nearfar.connect.timeout = 5s")
                .hasMessageContaining("Did you mean nearfar.connect-timeout?");
    }

    @Test
    void read_mistakeInIt_isToldWithItsSource() {
        registerKeys(
                Map.of("nearfar.deadline", "soon", "nearfar.address", "redis://${shop.host}", "nearfar.adress", "h"));

        assertThatThrownBy(reading::read)
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.deadline = soon (MicroProfile Config, " + SOURCE + "): not allowed.")
                .hasMessageContaining("nearfar.adress = h (MicroProfile Config, " + SOURCE + "): no such setting.")
                .hasMessageContaining(
                        "nearfar.address (MicroProfile Config, " + SOURCE + "): refers with ${ } to a key");
    }

    @Test
    void read_interfaceNotThere_readsTheOtherSources() throws Exception {
        try (URLClassLoader alone = loaderOf(SettingsReader.class, javax.cache.Cache.class, org.slf4j.Logger.class)) {
            assertThatThrownBy(() -> alone.loadClass(Config.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(describe(alone)).isEqualTo("mode near, from nearfar.mode (properties of the manager)");
        }
    }

    @Test
    void read_interfaceWithoutProvider_readsTheOtherSources() throws Exception {
        try (URLClassLoader alone = loaderOf(SettingsReader.class, javax.cache.Cache.class, Config.class)) {
            assertThat(alone.loadClass(Config.class.getName())).isNotSameAs(Config.class);
            assertThat(describe(alone)).isEqualTo("mode near, from nearfar.mode (properties of the manager)");
        }
    }

    private static URLClassLoader loaderOf(Class<?>... types) {
        URL[] urls = Stream.of(types)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** Reads in classes of that loader, with its own thread's loader, as an application without the interface would. */
    private static String describe(ClassLoader loader) throws ReflectiveOperationException, IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Properties properties = new Properties();
            properties.setProperty("nearfar.mode", "near");
            Object settings = loader.loadClass(SettingsReader.class.getName())
                    .getMethod("read", URI.class, Properties.class, ClassLoader.class)
                    .invoke(null, URI.create("a:b"), properties, loader);
            return (String) loader.loadClass(NearfarSettings.class.getName())
                    .getMethod("describe")
                    .invoke(settings);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
