package io.nearfar.cdi.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings of limits in MicroProfile Config. */
class MicroProfileSettingsTest {
    private final ClassLoader application =
            new URLClassLoader(new URL[0], getClass().getClassLoader());
    private final Map<String, String> keys = new HashMap<>();
    private final Config config = new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new ShopSource(keys))
            .build();

    /** Settings that change. */
    private record ShopSource(Map<String, String> keys) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return keys.keySet();
        }

        @Override
        public String getValue(String key) {
            return keys.get(key);
        }

        @Override
        public String getName() {
            return "shop";
        }
    }

    MicroProfileSettingsTest() {
        ConfigProviderResolver.instance().registerConfig(config, application);
    }

    @AfterEach
    void release() {
        ConfigProviderResolver.instance().releaseConfig(config);
    }

    @Test
    void key_isFoundAsItIsAtTheMoment() {
        LiveSettings settings = LiveSettings.of(application);
        assertThat(settings.find("a.B$C/d/RateLimited/e.f(int)/limit")).isNull();

        keys.put("a.B$C/d/RateLimited/e.f(int)/limit", "5");
        assertThat(settings.find("a.B$C/d/RateLimited/e.f(int)/limit")).isEqualTo("5");
        keys.put("a.B$C/d/RateLimited/e.f(int)/limit", "6");
        assertThat(settings.find("a.B$C/d/RateLimited/e.f(int)/limit")).isEqualTo("6");
    }

    @Test
    void key_refersToAnother() {
        keys.put("RateLimited/limit", "${shop.limit}");
        LiveSettings settings = LiveSettings.of(application);
        assertThat(catchThrowable(() -> settings.find("RateLimited/limit")))
                .isInstanceOfAny(NoSuchElementException.class, IllegalArgumentException.class);

        keys.put("shop.limit", "7");
        assertThat(settings.find("RateLimited/limit")).isEqualTo("7");
    }
}
