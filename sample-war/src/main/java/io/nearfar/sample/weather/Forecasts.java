package io.nearfar.sample.weather;

import io.nearfar.AsyncNearfarCache;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.sample.place.CitySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The forecasts that the nodes keep. How long they live, when they are asked for again and what answers meanwhile is said by the
 * settings of the cache {@code weather}; what is said here of single entries counts before that.
 */
@ApplicationScoped
public class Forecasts {
    /** The version of the cache that the release before this one had; its clients are still served. */
    private static final int BEFORE = 1;

    /** A storm changes soon. */
    private static final Duration OF_A_STORM = Duration.ofSeconds(5);

    @Inject
    @NamedCache("weather")
    NearfarCache<String, Forecast> weather;

    @Inject
    Station station;

    /** The weather of a place, for each span; what neither the cache nor the service can tell is unknown. */
    public List<Forecast> of(CitySummary place) {
        return all(weather, place, Unit.C);
    }

    /** The same as the release before has it: other degrees under the same keys, in entries of another version. */
    public List<Forecast> asBefore(CitySummary place) {
        return all(weather.version(BEFORE), place, Unit.F);
    }

    private List<Forecast> all(NearfarCache<String, Forecast> cache, CitySummary place, Unit unit) {
        return Arrays.stream(Span.values())
                .map(span -> one(cache, place, span, unit))
                .toList();
    }

    private Forecast one(NearfarCache<String, Forecast> cache, CitySummary place, Span span, Unit unit) {
        Forecast found = cache.getOrLoad(
                span.key(place.id()),
                context -> load(context, place, span, unit),
                failure -> Forecast.unknown(span, unit));
        return found == null ? Forecast.unknown(span, unit) : found;
    }

    /** Asks whether what was there before is right still; then it lives on, and is not sent again. */
    private @Nullable Forecast load(LoadContext context, CitySummary place, Span span, Unit unit)
            throws OutOfReachException {
        Optional<Forecast> told = station.ask(place, span, unit, context.previous(Forecast.class));
        if (told.isEmpty()) {
            context.notModified();
            return null;
        }
        context.setOptions(options(place, told.get()));
        return told.get();
    }

    /** Each entry has its country for a tag, and a storm a life of its own. */
    static EntryOptions options(CitySummary place, Forecast told) {
        EntryOptions tagged = EntryOptions.NONE.withTags("country:" + place.countryCode());
        return told.stormy() ? tagged.withTimeToLive(OF_A_STORM) : tagged;
    }

    /**
     * Ends what is probably wrong, on all nodes, and keeps it for a service that does not answer. All keys are under way together, and
     * no thread waits for Redis.
     *
     * @return how many forecasts there were
     */
    public CompletionStage<Integer> doubt(long city) {
        AsyncNearfarCache<String, Forecast> async = weather.async();
        CompletionStage<Integer> ended = CompletableFuture.completedFuture(0);
        for (Span span : Span.values()) {
            ended = ended.thenCombine(async.expire(span.key(city)), (count, done) -> done ? count + 1 : count);
        }
        return ended;
    }

    /** Forgets all that was told of a span, of every place. Its keys are a namespace: nobody looks for them. */
    @InvalidatePattern(cacheName = "weather", prefixes = "{span}:")
    public void forget(String span) {
        // The annotation does it.
    }
}
