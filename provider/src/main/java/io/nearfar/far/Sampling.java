package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Envelope;
import io.nearfar.far.CacheEntries.Found;
import io.nearfar.far.CacheSample.Life;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes some entries of each cache by chance, so many at most, and asks how old they are: of how long each is idle first, since
 * to ask for what it holds is a use of it. Used by one thread.
 */
final class Sampling {
    private static final int HEADER = 34;
    private static final int CREATED_AT = 18;
    private static final int EXPIRES_AT = 26;
    private static final long MICROS = 1_000;

    private final Calls calls;
    private final int most;
    private final Random random;
    private final Map<CacheVersion, Taken> caches = new TreeMap<>();
    private final FirstFailure failure = new FirstFailure();

    /** Creates one that takes {@code most} of each cache. */
    Sampling(Calls calls, int most, Random random) {
        this.calls = calls;
        this.most = most;
        this.random = random;
    }

    /** What was taken of a cache, of so many: each has the same chance to be among them. */
    private final class Taken {
        private final List<Found> entries = new ArrayList<>();
        private long met;

        void meet(Found found) {
            met++;
            if (entries.size() < most) {
                entries.add(found);
                return;
            }
            long place = (long) (random.nextDouble() * met);
            if (place < most) {
                entries.set((int) place, found);
            }
        }
    }

    /**
     * Returns what was found.
     *
     * @param now the servers' time, in microseconds
     * @throws FarTierUnavailableException if a server does not answer
     */
    List<CacheSample> take(CacheEntries entries, long now) {
        for (List<Found> page = entries.next(); page != null; page = entries.next()) {
            page.forEach(found ->
                    caches.computeIfAbsent(found.cache(), key -> new Taken()).meet(found));
        }
        List<CacheSample> samples = new ArrayList<>();
        caches.forEach((cache, taken) -> samples.add(new CacheSample(cache, taken.met, lives(taken.entries, now))));
        return samples;
    }

    private List<Life> lives(List<Found> entries, long now) {
        Map<Found, Long> idle = idle(entries);
        List<Life> lives = new ArrayList<>();
        ask(entries, this::header, (found, reply) -> {
            Life life = life((byte[]) reply.get(0), idle.get(found), now);
            if (life != null) {
                lives.add(life);
            }
        });
        return lives;
    }

    private ReadCall header(Found found) {
        return calls.read(found.partition(), Session.GETRANGE, found.name(), 0, HEADER - 1);
    }

    /** Who has no right to it, or lets a server count uses in its place, goes without. */
    private Map<Found, Long> idle(List<Found> entries) {
        Map<Found, Long> idle = new HashMap<>();
        ask(entries, this::idleTime, (found, reply) -> {
            if (reply.get(0) instanceof Number seconds) {
                idle.put(found, TimeUnit.SECONDS.toMillis(seconds.longValue()));
            }
        });
        return idle;
    }

    private ReadCall idleTime(Found found) {
        return calls.read(found.partition(), Session.OBJECT_IDLETIME, found.name());
    }

    private void ask(
            List<Found> entries, Function<Found, ReadCall> question, BiConsumer<Found, List<Object>> answered) {
        new Survey<Found>(question, answered, this::passOver).ask(entries);
        failure.throwIfAny();
    }

    private void passOver(Found found, FarTierUnavailableException why) {
        if (!(why instanceof FarRefusalException)) {
            failure.tell(found, why);
        }
    }

    private static @Nullable Life life(byte[] header, @Nullable Long idle, long now) {
        if (header.length != HEADER || Envelope.isPlaceholder(header)) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(header);
        long created = buffer.getLong(CREATED_AT);
        long expires = buffer.getLong(EXPIRES_AT);
        if (expires != 0 && expires <= now) {
            return null; // in its grace
        }
        return new Life((now - created) / MICROS, expires == 0 ? null : (Long) ((expires - created) / MICROS), idle);
    }
}
