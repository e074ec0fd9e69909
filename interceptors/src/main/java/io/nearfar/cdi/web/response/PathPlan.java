package io.nearfar.cdi.web.response;

import io.nearfar.EntryOptions;
import io.nearfar.PathResponse;
import io.nearfar.cdi.cache.TagWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided once about responses that are kept by their paths.
 *
 * @param settings what the settings say of them
 * @param plan how they are kept, without their tags
 * @param shelf where
 */
record PathPlan(PathResponse settings, ResponsePlan plan, Shelf shelf) {

    static PathPlan of(PathResponse settings) {
        ResponsePlan plan = new ResponsePlan(
                settings.cacheName(),
                "responses of nearfar.response." + settings.name(),
                options(settings.timeToLive(), settings.grace()),
                maxAge(settings.maxAge(), settings.timeToLive()),
                new ResponsePlan.KeyPlan(
                        settings.keyPrefix(),
                        "", // what a servlet writes does not depend on Accept, unless the settings say so
                        settings.vary(),
                        settings.parameters().contains("*") ? null : settings.parameters(),
                        settings.sharing().privateToPrincipal()),
                new TagWriter(List.of()),
                Map.of(),
                new ResponsePlan.Sharing(
                        settings.sharing().privateToPrincipal(),
                        settings.sharing().evenWithAuthorization(),
                        settings.sharing().evenWithCookies()),
                null);
        return new PathPlan(settings, plan, new Shelf(plan, Clock.systemUTC()));
    }

    /**
     * Returns how the response to a path is kept.
     *
     * @throws IllegalArgumentException if an entry cannot carry its tags
     */
    EntryOptions options(String path) {
        if (settings.tags().isEmpty()) {
            return plan.options();
        }
        Set<String> tags = new LinkedHashSet<>();
        settings.tags().forEach(tag -> tags.add(tag.replace("{path}", path)));
        return plan.options().withTags(tags);
    }

    private static EntryOptions options(@Nullable Duration timeToLive, @Nullable Duration grace) {
        EntryOptions options = timeToLive == null ? EntryOptions.NONE : EntryOptions.NONE.withTimeToLive(timeToLive);
        return grace == null ? options : options.withGrace(grace);
    }

    private static @Nullable Duration maxAge(@Nullable Duration maxAge, @Nullable Duration timeToLive) {
        Duration length = maxAge == null ? timeToLive : maxAge;
        return length == null || length.isZero() ? null : length;
    }
}
