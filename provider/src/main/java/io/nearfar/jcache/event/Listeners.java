package io.nearfar.jcache.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToLongFunction;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one cache (JSR-107, chapter 9). Synchronous ones are told in the calling thread, before the operation
 * returns; the others in a thread of their own, in order.
 */
public final class Listeners<K, V> implements AutoCloseable {
    /** What has come of something that listeners were to be told of. */
    public enum Told {
        /** They were told. */
        TOLD,
        /** They had been told already. */
        KNOWN,
        /** They were not told, since they know of a later change of the key. */
        TOO_LATE
    }

    private final Cache<K, V> source;
    private final ThreadFactory workers;
    private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();
    private volatile boolean empty = true;
    private volatile boolean wantOldValues;
    private volatile boolean wantExpired;
    private volatile @Nullable LatestChanges<K> latest;
    private volatile Runnable onChange = () -> {};

    /**
     * Creates an empty list.
     *
     * @param source what events name as their cache
     * @param workers makes the threads of asynchronous listeners
     */
    public Listeners(Cache<K, V> source, ThreadFactory workers) {
        this.source = source;
        this.workers = workers;
    }

    /** Tells whether nobody listens. */
    public boolean isEmpty() {
        return empty;
    }

    /** Tells whether a listener wants to know what was there before. */
    public boolean wantOldValues() {
        return wantOldValues;
    }

    /** Tells whether a listener wants to know what has expired. */
    public boolean wantExpired() {
        return wantExpired;
    }

    /**
     * Adds the listener that the configuration's factories make.
     *
     * @throws RuntimeException what a factory throws; nothing was added then
     */
    public synchronized void add(CacheEntryListenerConfiguration<K, V> configuration) {
        registrations.add(new Registration<>(source, configuration, workers));
        takeStock();
    }

    /** Takes the listener of that configuration away and closes it; one that is not there is ignored. */
    public synchronized void remove(CacheEntryListenerConfiguration<K, V> configuration) {
        List<Registration<K, V>> gone = registrations.stream()
                .filter(registration -> registration.isFor(configuration))
                .toList();
        registrations.removeAll(gone);
        takeStock();
        gone.forEach(Registration::close);
    }

    private void takeStock() {
        wantOldValues = registrations.stream().anyMatch(Registration::wantsOldValue);
        wantExpired = registrations.stream().anyMatch(Registration::wantsExpired);
        empty = registrations.isEmpty();
        onChange.run();
    }

    /** Has {@code changed} run whenever a listener comes or goes, from now on. */
    public synchronized void onChange(Runnable changed) {
        onChange = changed;
    }

    /**
     * From now on, changes of other nodes, and ends that several may tell, are compared with what was told.
     *
     * @param latestStamp tells the highest stamp that a change of a key can have that is already made; 0 if that is not known
     */
    public void expectRemote(ToLongFunction<? super K> latestStamp) {
        latest = new LatestChanges<>(latestStamp);
    }

    /**
     * Tells of what another node did; what listeners throw is logged.
     *
     * @return what has come of it
     */
    public Told tellRemote(List<Mutation<K, V>> mutations) {
        if (mutations.size() == 1 && mutations.get(0).isEnd()) {
            return tellEnd(mutations.get(0));
        } else if (mutations.stream().anyMatch(this::isOvertaken)) {
            return Told.TOO_LATE;
        }
        note(mutations);
        registrations.forEach(registration -> registration.tell(mutations, false));
        return Told.TOLD;
    }

    /** Tells of one mutation; see {@link #tell(List)}. */
    public void tell(Mutation<K, V> mutation) {
        tell(List.of(mutation));
    }

    /**
     * Tells all listeners, also if one of them fails.
     *
     * @throws javax.cache.event.CacheEntryListenerException what a synchronous listener threw, or around it; an error is
     *     thrown as it is
     */
    public void tell(List<Mutation<K, V>> mutations) {
        if (mutations.isEmpty()) {
            return;
        }
        note(mutations);
        @Nullable Throwable failure = null;
        for (Registration<K, V> registration : registrations) {
            try {
                registration.tell(mutations, true);
            } catch (RuntimeException | Error e) {
                failure = together(failure, e);
            }
        }
        rethrow(failure);
    }

    /**
     * Tells all listeners of an end, unless they know of it, or of what came after it; what they throw is logged. Several threads
     * may know of one end, by answers and messages; the first one tells it.
     *
     * @return what has come of it
     */
    public Told tellEnd(Mutation<K, V> end) {
        LatestChanges<K> told = latest;
        LatestChanges.End known = told == null ? LatestChanges.End.NEWS : told.noteEnd(end.key(), end.stamp());
        if (known == LatestChanges.End.NEWS) {
            registrations.forEach(registration -> registration.tell(List.of(end), false));
        }
        return switch (known) {
            case NEWS -> Told.TOLD;
            case TOLD -> Told.KNOWN;
            case OVERTAKEN -> Told.TOO_LATE;
        };
    }

    private boolean isOvertaken(Mutation<K, V> mutation) {
        LatestChanges<K> told = latest;
        return told != null && told.isAfter(mutation.key(), mutation.stamp());
    }

    private void note(List<Mutation<K, V>> mutations) {
        LatestChanges<K> told = latest;
        if (told != null) {
            mutations.forEach(each -> told.note(each.key(), each.stamp()));
        }
    }

    private static Throwable together(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Closes all listeners and tells nobody any more. */
    @Override
    public synchronized void close() {
        registrations.forEach(Registration::close);
        registrations.clear();
        takeStock();
    }
}
