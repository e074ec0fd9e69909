package io.nearfar.sample.origin;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;

/**
 * The caches of this node. Those that keep answers are injected by name here, so that each exists and has an observer
 * before its first question is asked.
 */
@ApplicationScoped
public class ObservedCaches {
    @Inject
    CacheManager manager;

    @Inject
    @NamedCache("suggestions")
    NearfarCache<?, ?> suggestions;

    @Inject
    @NamedCache("search")
    NearfarCache<?, ?> search;

    @Inject
    @NamedCache("city")
    NearfarCache<?, ?> city;

    @Inject
    @NamedCache("nearby")
    NearfarCache<?, ?> nearby;

    @Inject
    @NamedCache("countries")
    NearfarCache<?, ?> countries;

    @Inject
    @NamedCache("regions")
    NearfarCache<?, ?> regions;

    @Inject
    @NamedCache("region")
    NearfarCache<?, ?> region;

    @Inject
    @NamedCache("map")
    NearfarCache<?, ?> map;

    @Inject
    @NamedCache("trending")
    NearfarCache<?, ?> trending;

    @Inject
    @NamedCache("profile")
    NearfarCache<?, ?> profile;

    @Inject
    @NamedCache("preferences")
    NearfarCache<?, ?> preferences;

    @Inject
    @NamedCache("favourites")
    NearfarCache<?, ?> favourites;

    @Inject
    @NamedCache("posts")
    NearfarCache<?, ?> posts;

    @Inject
    @NamedCache("feed")
    NearfarCache<?, ?> feed;

    @Inject
    @NamedCache("notifications")
    NearfarCache<?, ?> notifications;

    @Inject
    @NamedCache("weather")
    NearfarCache<?, ?> weather;

    @PostConstruct
    void observe() {
        TrailObserver observer = new TrailObserver();
        answering().forEach(cache -> cache.addObserver(observer));
    }

    /** Returns once every cache exists and is observed: the first call of this bean sees to that. */
    void ready() {
        // The work was done when the bean was made.
    }

    private List<NearfarCache<?, ?>> answering() {
        return List.of(
                suggestions,
                search,
                city,
                nearby,
                countries,
                regions,
                region,
                map,
                trending,
                profile,
                preferences,
                favourites,
                posts,
                feed,
                notifications,
                weather);
    }

    /** The caches of the application that exist on this node, by name. */
    public List<NearfarCache<?, ?>> all() {
        List<NearfarCache<?, ?>> caches = new ArrayList<>();
        for (String name : manager.getCacheNames()) {
            Cache<?, ?> cache = manager.getCache(name);
            if (cache != null) {
                caches.add(cache.unwrap(NearfarCache.class));
            }
        }
        caches.sort(Comparator.comparing(Cache::getName));
        return caches;
    }
}
