package io.nearfar.jcache;

import io.nearfar.config.ListenerScope;
import io.nearfar.entry.RemoteChange;
import io.nearfar.entry.RemoteChanges;
import io.nearfar.entry.Value;
import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.event.Listeners.Told;
import io.nearfar.jcache.event.Mutation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of one cache what other nodes do: in a thread of the cache, in the order in which it was done, and of a key
 * not while a writer of this node holds it, if that is over soon. Other nodes are asked to tell while there is a listener, and not
 * else. That one listens for what expires is said to this node's own calls as well.
 */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
final class RemoteEvents<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteEvents.class);

    /** What waits beyond is lost: a listener that is slower than all nodes together never catches up. */
    private static final int MOST_WAITING = 10_000;

    private static final long MOST_BYTES_WAITING = 32L << 20;

    /** Whoever holds a key may do so for long, and what is done to others is not to wait for it. */
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final Desk<K, V> desk;
    private final ThreadPoolExecutor thread;
    private final AtomicLong bytesWaiting = new AtomicLong();
    private final @Nullable RemoteChanges<K, V> source;
    private final boolean heedsOthers;
    private @Nullable K busy; // used by the thread alone
    private boolean hearing;
    private boolean oldValues;
    private boolean expired;
    private boolean closed;

    /** Begins to hear if there are listeners, or as soon as there are. */
    RemoteEvents(Desk<K, V> desk, ThreadFactory workers) {
        this.desk = desk;
        this.thread =
                Background.threads(workers, 1, new LinkedBlockingQueue<>(MOST_WAITING), (work, pool) -> refused(work));
        this.heedsOthers = desk.opened().settings().listeners() == ListenerScope.ALL;
        this.source = desk.opened().tiers().remote();
        if (source != null) {
            desk.listeners().expectRemote(source::latestStamp);
            desk.listeners().onChange(this::adjust);
            adjust();
        }
    }

    private static void refused(Runnable work) {
        if (work instanceof RemoteEvents<?, ?>.Delivery delivery) {
            delivery.refused();
        }
    }

    private synchronized void adjust() {
        RemoteChanges<K, V> changes = source;
        if (changes == null) {
            return;
        }
        Listeners<K, V> listeners = desk.listeners();
        boolean wantsExpired = !closed && listeners.wantExpired();
        if (wantsExpired) {
            changes.awaitExpired(this::readEnded);
        } else {
            changes.forgoExpired();
        }
        boolean wanted = heedsOthers && !closed && !listeners.isEmpty();
        boolean changed = oldValues != listeners.wantOldValues() || expired != wantsExpired;
        if (wanted && (!hearing || changed)) {
            oldValues = listeners.wantOldValues();
            expired = wantsExpired;
            changes.hear(oldValues, expired, this::heard);
        } else if (!wanted && hearing) {
            changes.unhear();
        }
        hearing = wanted;
    }

    /** Reads are asked for in the same thread, so that events of a key keep their order, but only while changes find room there. */
    private void readEnded(Runnable read) {
        if (thread.getQueue().size() < MOST_WAITING / 2) {
            thread.execute(read);
        }
    }

    private void heard(int bytes, Supplier<@Nullable RemoteChange<K, V>> change) {
        Delivery delivery = new Delivery(bytes, change);
        if (bytesWaiting.addAndGet(bytes) > MOST_BYTES_WAITING) {
            delivery.refused();
        } else {
            thread.execute(delivery);
        }
    }

    /** One change on its way to the listeners. */
    private final class Delivery implements Runnable {
        private final int bytes;
        private final Supplier<@Nullable RemoteChange<K, V>> change;

        private Delivery(int bytes, Supplier<@Nullable RemoteChange<K, V>> change) {
            this.bytes = bytes;
            this.change = change;
        }

        void refused() {
            bytesWaiting.addAndGet(-bytes);
            desk.signals().lostEvent();
        }

        @Override
        public void run() {
            try {
                bytesWaiting.addAndGet(-bytes);
                RemoteChange<K, V> known = change.get();
                switch (known == null ? Told.TOO_LATE : tell(known)) {
                    case TOLD -> desk.signals().remoteEvent();
                    case TOO_LATE -> desk.signals().lostEvent();
                    case KNOWN -> {} // it was told by another way
                }
            } catch (RuntimeException e) {
                desk.signals().lostEvent();
                LOG.warn("NF0522 {}: listeners could not be told of a change by another node", desk.cache(), e);
            }
        }
    }

    private Told tell(RemoteChange<K, V> change) {
        try (KeyLocks.Hold hold = hold(change.key())) {
            return desk.listeners().tellRemote(mutations(change));
        }
    }

    /** Waits for the key, or goes without; not again for one that was just waited for in vain. */
    private KeyLocks.Hold hold(K key) {
        KeyLocks.Hold hold = desk.locks().tryHold(key, key.equals(busy) ? 0 : LONGEST_WAIT);
        busy = hold == null ? key : null;
        return hold == null ? KeyLocks.Hold.NONE : hold;
    }

    private static <K, V> List<Mutation<K, V>> mutations(RemoteChange<K, V> change) {
        K key = change.key();
        long stamp = change.stamp();
        Value<V> value = change.value();
        Value<V> before = change.oldValue();
        return switch (change.kind()) {
            case CREATED -> List.of(Mutation.created(key, there(value)).at(stamp));
            case UPDATED -> List.of(Mutation.updated(key, there(value), before).at(stamp));
            case REMOVED -> List.of(Mutation.<K, V>removed(key, before).at(stamp));
            case EXPIRED -> List.of(Mutation.<K, V>expired(key, before).at(stamp));
            case UPDATED_AND_EXPIRED ->
                List.of(
                        Mutation.updated(key, there(value), before).at(stamp),
                        Mutation.expired(key, there(value)).at(stamp));
        };
    }

    private static <V> Value<V> there(@Nullable Value<V> value) {
        return Objects.requireNonNull(value, "a change that leaves a value has come without it");
    }

    /** Hears no more. What waits is still told, as it is to listeners in threads of their own. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        adjust();
        thread.shutdown();
        Background.awaitIdle(thread);
    }
}
