package io.nearfar.frameworks.boot;

import io.nearfar.NearfarCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A node: an application of Spring Boot, whose settings stand in a file that {@code spring.cache.jcache.config} names. */
final class BootNode implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private BootNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one with the lines of its file, which lies in the folder. */
    static BootNode start(Path folder, List<String> settings) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "nearfar", ".properties"), settings);
        return new BootNode(new SpringApplicationBuilder(Atlas.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--logging.level.root=warn",
                        "--spring.cache.type=jcache",
                        "--spring.cache.jcache.config=" + file.toUri(),
                        "--spring.cache.cache-names=cities,distances"));
    }

    /** Returns the bean of that type. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Cities cities() {
        return bean(Cities.class);
    }

    StandardCities standard() {
        return bean(StandardCities.class);
    }

    /** Returns the cache itself, below that of Spring. */
    NearfarCache<?, ?> cache(String name) {
        return bean(javax.cache.CacheManager.class).getCache(name).unwrap(NearfarCache.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
