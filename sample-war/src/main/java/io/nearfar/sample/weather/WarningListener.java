package io.nearfar.sample.weather;

import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** Listens to the warnings, as JSR-107 has it. What other nodes do is heard here too, a moment later. */
@ApplicationScoped
public class WarningListener
        implements CacheEntryCreatedListener<String, Warning>,
                CacheEntryUpdatedListener<String, Warning>,
                CacheEntryRemovedListener<String, Warning> {
    private static final int LATEST = 20;

    private final Deque<Heard> heard = new ArrayDeque<>();

    @Inject
    @NamedCache("warnings")
    Cache<String, Warning> warnings;

    @Inject
    Clock clock;

    /** Listens from the start of the application on. Of what is taken back only the old value tells. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        warnings.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(this), null, true, false));
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Warning>> events) {
        events.forEach(event -> note(event.getKey(), "given", event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Warning>> events) {
        events.forEach(event -> note(event.getKey(), "replaced", event.getValue()));
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Warning>> events) {
        events.forEach(event ->
                note(event.getKey(), "taken back", event.isOldValueAvailable() ? event.getOldValue() : Warning.NONE));
    }

    private synchronized void note(String country, String change, Warning warning) {
        heard.addFirst(new Heard(country, change, warning.text(), warning.node(), clock.millis()));
        if (heard.size() > LATEST) {
            heard.removeLast();
        }
    }

    /** What this node heard, the latest first. */
    public synchronized List<Heard> latest() {
        return List.copyOf(heard);
    }
}
