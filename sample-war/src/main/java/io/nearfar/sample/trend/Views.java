package io.nearfar.sample.trend;

import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.CacheException;

/** Counts views minute by minute, in a cache that all nodes share; each board expires by itself. */
@ApplicationScoped
public class Views {
    private static final Logger LOG = System.getLogger(Views.class.getName());
    private static final int MINUTES = 10;
    private static final long MINUTE = 60_000;

    @Inject
    @NamedCache("views")
    Cache<Long, Board> views;

    @Inject
    Clock clock;

    /** Counts a view. Where the cache cannot count, the view is lost and the page appears all the same. */
    public void count(long city) {
        try {
            views.invoke(clock.millis() / MINUTE, new CountView(city));
        } catch (CacheException failure) {
            LOG.log(Level.DEBUG, "a view of city " + city + " was not counted", failure);
        }
    }

    /** The cities viewed most in the last ten minutes, at most {@code limit}, with their views, most first. */
    List<Map.Entry<Long, Integer>> most(int limit) {
        Map<Long, Integer> sums = new HashMap<>();
        views.getAll(lastMinutes())
                .values()
                .forEach(board -> board.views().forEach((city, count) -> sums.merge(city, count, Integer::sum)));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<Long, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .toList();
    }

    private Set<Long> lastMinutes() {
        long now = clock.millis() / MINUTE;
        return LongStream.rangeClosed(now - MINUTES + 1, now).boxed().collect(Collectors.toSet());
    }
}
