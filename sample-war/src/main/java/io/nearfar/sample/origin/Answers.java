package io.nearfar.sample.origin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a cached method and says where its answer came from. */
@ApplicationScoped
public class Answers {
    private static final double NANOS_PER_MILLI = 1_000_000;

    /** Injected so that every cache is observed before the first question. */
    @Inject
    ObservedCaches caches;

    /**
     * Calls a method whose results a cache keeps; without it the database answers.
     *
     * @param cache the name of that cache
     * @throws RuntimeException what the method threw
     */
    public <T> Answer<T> of(String cache, Supplier<? extends @Nullable T> question) {
        return of(cache, Origin.DATABASE, question);
    }

    /**
     * The same for a method that asks somebody else.
     *
     * @param otherwise who answers where the cache has nothing
     */
    public <T> Answer<T> of(String cache, Origin otherwise, Supplier<? extends @Nullable T> question) {
        caches.ready();
        Trail trail = Trail.begin();
        try {
            long start = System.nanoTime();
            T data = question.get();
            long nanos = System.nanoTime() - start;
            Origin origin = trail.origin(cache) == Origin.DATABASE ? otherwise : trail.origin(cache);
            return new Answer<>(data, cache, origin.label(), nanos / NANOS_PER_MILLI);
        } finally {
            Trail.end();
        }
    }
}
