package io.nearfar.jcache;

import io.nearfar.Meter;
import io.nearfar.jcache.management.SharedMeters;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one manager, and who wants to know when there are others. Safe for use by several threads. */
final class MeterBook {
    private static final Logger LOG = LoggerFactory.getLogger(MeterBook.class);

    private final Backroom backroom;
    private final Map<String, CacheFrontDesk<?, ?>> caches;
    private final SharedMeters shared;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Creates the book of a manager; {@code caches} are those that are open. */
    MeterBook(URI manager, Backroom backroom, Map<String, CacheFrontDesk<?, ?>> caches) {
        this.backroom = backroom;
        this.caches = caches;
        this.shared = new SharedMeters(manager, backroom::meters);
        backroom.onNewMeters(this::changed);
    }

    /** Returns all, those of the caches first. */
    List<Meter> all() {
        List<Meter> all = new ArrayList<>();
        caches.values().forEach(cache -> all.addAll(of(cache.desk())));
        all.addAll(backroom.meters());
        return List.copyOf(all);
    }

    private static List<Meter> of(Desk<?, ?> desk) {
        return desk.signals().meters(desk.opened().tiers().nearSize());
    }

    /** Shows management what the caches share, as long as it is shown the statistics of one of them. */
    synchronized void show() {
        shared.show(caches.values().stream()
                .anyMatch(cache -> cache.desk().statistics().isEnabled()));
    }

    void add(Runnable listener) {
        listeners.add(listener);
    }

    void remove(Runnable listener) {
        listeners.remove(listener);
    }

    /** Tells that there are others; no failure of who listens reaches the caller of a cache. */
    void changed() {
        show();
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("NF0102 A listener of meters failed: {}", listener, e);
            }
        }
    }
}
