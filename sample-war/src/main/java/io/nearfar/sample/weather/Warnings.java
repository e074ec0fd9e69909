package io.nearfar.sample.weather;

import io.nearfar.EntryOptions;
import io.nearfar.NamedInvalidation;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The warnings that editors give, by the two letters of a country. They live in a cache of all nodes, each as long as its editor says. */
@ApplicationScoped
public class Warnings {
    @Inject
    @NamedCache("warnings")
    NearfarCache<String, Warning> warnings;

    @Inject
    Event<NamedInvalidation> invalidations;

    @Inject
    @ConfigProperty(name = "gazetteer.node")
    String node;

    /**
     * What warns of the weather in a country.
     *
     * @throws IllegalArgumentException if this is no key by the rule that the settings have for the cache
     */
    public Warning of(String country) {
        return warnings.getOrDefault(country, Warning.NONE);
    }

    /**
     * Warns on all nodes. What was told of the country's weather is then probably wrong: the invalidation {@code weather}, which the
     * settings declare, ends it softly.
     */
    public void warn(String country, NewWarning warning) {
        warnings.put(
                country,
                new Warning(warning.text().strip(), node),
                EntryOptions.NONE.withTimeToLive(Duration.ofMinutes(warning.minutes())));
        invalidations.fire(new NamedInvalidation("weather", Map.of("code", country)));
    }

    /** Takes a warning back, on all nodes. */
    public void end(String country) {
        warnings.remove(country);
    }
}
