package io.nearfar.jcache;

import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.ExpirationSource;
import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.event.Mutation;
import io.nearfar.jcache.management.Management;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;

/** Sets up what one cache consists of, shows it to management, and takes it down again. */
final class Premises<K, V> {
    /** For bulk loads, and for the telling of late events. */
    private static final int WORKERS = 8;

    /** They do nothing that waits, unless the application does where it goes on from a stage. */
    private static final int COMPLETERS = 4;

    /** Each may take hours, and takes what the server has left: so these are few, and bulk loads do not wait for them. */
    private static final int WALKERS = 4;

    /** Nobody waits for them, and they are not to keep loads waiting for which somebody does. */
    private static final int REFRESHERS = 4;

    /** Some seconds' work; what is beyond is left to later reads. */
    private static final int WAITING_REFRESHES = 256;

    /** Each is left alone by its caller after the timeout, and may hang. */
    private static final int TIMED_LOADS = 256;

    private final LiveConfiguration<K, V> configuration;
    private final Opened<K, V> opened;
    private final Closing closing;
    private final Desk<K, V> desk;
    private final Management management;
    private final LoggedEndings<K, V> endings;
    private final Patterns patterns;
    private final Refreshers refreshers;
    private final @Nullable TimedLoads timedLoads;

    /**
     * Sets everything up.
     *
     * @param original where the cache is a view of another, what that one's factories and threads are shared from
     * @throws RuntimeException if a factory fails; what was set up until then, the tiers included, is closed
     */
    Premises(
            CacheFrontDesk<K, V> cache,
            CacheManager manager,
            LiveConfiguration<K, V> configuration,
            Opened<K, V> opened,
            @Nullable Desk<K, V> original) {
        this.configuration = configuration;
        this.opened = opened;
        this.closing = new Closing(cache.getName());
        closing.add(opened.tiers());
        try {
            Workers workers = new Workers(cache.getName(), manager.getClassLoader());
            this.desk = original == null ? desk(cache, workers) : desk(cache, workers, original);
            this.management = closing.add(new Management(
                    manager.getURI(),
                    cache.getName(),
                    desk.statistics(),
                    configuration::copy,
                    () -> opened.signals().meters(opened.tiers().nearSize())));
            this.endings = new LoggedEndings<>(desk);
            this.patterns = closing.add(new Patterns(
                    cache.getName(),
                    endings,
                    closing.add(new Background(workers, WALKERS)),
                    opened.settings().patternPace()));
            this.refreshers = closing.add(new Refreshers(workers, REFRESHERS, WAITING_REFRESHES));
            boolean timed = opened.settings().loading().failSafe().isTimed();
            closing.add(new RemoteEvents<>(desk, workers));
            this.timedLoads = timed ? closing.add(new TimedLoads(workers, TIMED_LOADS)) : null;
            show(configuration.copy());
            closing.add(() -> desk.completers()
                    .awaitAnswers(2 * opened.settings().deadline().toNanos()));
        } catch (RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    private Desk<K, V> desk(CacheFrontDesk<K, V> cache, ThreadFactory workers) {
        Background background = closing.add(new Background(workers, WORKERS));
        CompleteConfiguration<K, V> complete = configuration.copy();
        Parts<K, V> parts = Parts.make(cache, complete, opened, workers, closing);
        return desk(
                cache, complete, parts, background, closing.add(new Completers(new Background(workers, COMPLETERS))));
    }

    private Desk<K, V> desk(CacheFrontDesk<K, V> view, ThreadFactory workers, Desk<K, V> original) {
        Parts<K, V> parts = original.parts().inView(view, opened, workers, closing);
        return desk(
                view,
                configuration.copy(),
                parts,
                original.background(),
                original.completers().apart());
    }

    private Desk<K, V> desk(
            CacheFrontDesk<K, V> cache,
            CompleteConfiguration<K, V> complete,
            Parts<K, V> parts,
            Executor background,
            Completers completers) {
        KeyLocks<K> locks = new KeyLocks<>(cache.getName());
        hearOfExpirations(parts.listeners(), new Ends<>(parts.listeners(), locks), background);
        opened.tiers()
                .terms()
                .accept(SharedTerms.of(complete, opened, parts.expiry().describe()));
        return new Desk<>(cache.getName(), complete.getValueType(), opened, parts, locks, background, completers);
    }

    private void hearOfExpirations(Listeners<K, V> listeners, Ends<K, V> ends, Executor background) {
        boolean isLocal = opened.tiers().store() instanceof ExpirationSource<?, ?>;
        ExpirationSource<?, ?> source = isLocal
                ? (ExpirationSource<?, ?>) opened.tiers().store()
                : opened.tiers().remote();
        if (source != null) {
            tellExpirations(source, (key, entry, byCaller) -> {
                if (!listeners.isEmpty()) {
                    Mutation<K, V> expired = Mutation.<K, V>expired(
                                    opened.keys().apply(key), entry.value())
                            .at(endOf(entry));
                    Consumer<Mutation<K, V>> told = isLocal ? listeners::tellEnd : ends::tell;
                    tell(() -> told.accept(expired), byCaller, background);
                }
            });
        }
    }

    /** Comes after the write of the entry, and before whatever was written when its time was over. */
    private static long endOf(Entry<?> entry) {
        return Math.max(entry.stamp() + 1, entry.expires());
    }

    @SuppressWarnings("unchecked") // the source is a store of these types
    private void tellExpirations(ExpirationSource<?, ?> source, ExpirationSource.Listener<K, V> listener) {
        ((ExpirationSource<K, V>) source).tellExpirations(listener);
    }

    private static void tell(Runnable news, boolean byCaller, Executor background) {
        if (byCaller) {
            news.run();
        } else {
            background.execute(news);
        }
    }

    private void show(CompleteConfiguration<K, V> complete) {
        management.enableStatistics(complete.isStatisticsEnabled());
        management.enableManagement(complete.isManagementEnabled());
    }

    Desk<K, V> desk() {
        return desk;
    }

    Patterns patterns() {
        return patterns;
    }

    /** Returns the store for those who end many of its entries at once. */
    EntryStore<K, V> endings() {
        return endings;
    }

    /** Runs loads of entries that are there. */
    Refreshers refreshers() {
        return refreshers;
    }

    /** Runs loads that their callers may leave; null if the cache has no timeouts. */
    @Nullable
    TimedLoads timedLoads() {
        return timedLoads;
    }

    LiveConfiguration<K, V> configuration() {
        return configuration;
    }

    void enableStatistics(boolean on) {
        configuration.enableStatistics(on);
        management.enableStatistics(on);
    }

    void enableManagement(boolean on) {
        configuration.enableManagement(on);
        management.enableManagement(on);
    }

    long sinceVerified() {
        return opened.tiers().sinceVerified().getAsLong();
    }

    long nearSize() {
        return opened.tiers().nearSize().getAsLong();
    }

    /** Closes everything, what was set up last first. */
    void close() {
        closing.close();
    }

    /**
     * Removes everything from the store, then closes; also if the far tier does not answer. Nothing is to be invalidated in it
     * afterwards.
     */
    void destroy() {
        patterns.close();
        try {
            opened.tiers().store().destroy();
        } finally {
            closing.close();
        }
    }
}
