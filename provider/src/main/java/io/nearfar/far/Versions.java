package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads of which writes entries are, without their values: a few bytes for each, many under way at once. */
final class Versions {
    private static final int UNDER_WAY = 64;

    private final Calls calls;

    Versions(Calls calls) {
        this.calls = calls;
    }

    /** Returns the versions of those keys that have one and whose server answers. */
    <K> Map<K, Version> read(Collection<? extends K> keys, Function<? super K, Spot> spots) {
        Map<K, Version> found = new HashMap<>();
        Deque<Runnable> underWay = new ArrayDeque<>();
        for (K key : keys) {
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().run();
            }
            Runnable answer = begin(key, spots.apply(key), found);
            if (answer != null) {
                underWay.add(answer);
            }
        }
        underWay.forEach(Runnable::run);
        return found;
    }

    private <K> @Nullable Runnable begin(K key, Spot spot, Map<K, Version> found) {
        try {
            ReadCall call = begin(spot);
            return () -> finish(call, key, found);
        } catch (FarTierUnavailableException e) {
            return null;
        }
    }

    private ReadCall begin(Spot spot) {
        return calls.read(spot.partition(), Session.GETRANGE, spot.entry(), 0, Envelope.VERSION_END - 1);
    }

    private static <K> void finish(ReadCall call, K key, Map<K, Version> found) {
        try {
            byte[] start = (byte[]) call.reply().get(0);
            if (start != null && start.length == Envelope.VERSION_END) {
                found.put(key, Envelope.version(start));
            }
        } catch (FarTierUnavailableException e) {
            return; // it has no version that we could learn of
        }
    }
}
