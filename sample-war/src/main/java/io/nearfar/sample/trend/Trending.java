package io.nearfar.sample.trend;

import io.nearfar.sample.place.CitySearch;
import io.nearfar.sample.place.CitySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheResult;

/** The list of trending cities, kept for a few seconds. */
@ApplicationScoped
public class Trending {
    private static final int CITIES = 10;

    @Inject
    Views views;

    @Inject
    CitySearch search;

    /** The cities viewed most in the last ten minutes, most first; empty while nobody views any. */
    @CacheResult(cacheName = "trending")
    public List<TrendingCity> now() {
        List<Map.Entry<Long, Integer>> most = views.most(CITIES);
        Map<Long, CitySummary> cities = search
                .summaries(most.stream().map(Map.Entry::getKey).toList())
                .stream()
                .collect(Collectors.toMap(CitySummary::id, Function.identity()));
        List<TrendingCity> trending = new ArrayList<>();
        for (Map.Entry<Long, Integer> entry : most) {
            CitySummary city = cities.get(entry.getKey());
            if (city != null) {
                trending.add(new TrendingCity(city, entry.getValue()));
            }
        }
        return List.copyOf(trending);
    }
}
