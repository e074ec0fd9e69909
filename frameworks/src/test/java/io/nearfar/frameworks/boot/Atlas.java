package io.nearfar.frameworks.boot;

import javax.cache.configuration.MutableConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** An application of Spring Boot, which leaves the cache manager to it. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableCaching
public class Atlas {
    @Bean
    Cities cities() {
        return new Cities();
    }

    @Bean
    StandardCities standardCities() {
        return new StandardCities();
    }

    /** What Boot creates the caches of {@code spring.cache.cache-names} with; statistics are for its metrics. */
    @Bean
    javax.cache.configuration.Configuration<Object, Object> cacheConfiguration() {
        return new MutableConfiguration<>().setStatisticsEnabled(true);
    }
}
