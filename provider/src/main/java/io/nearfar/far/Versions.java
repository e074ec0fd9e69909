package io.nearfar.far;

import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads of which writes entries are, without their values. */
final class Versions {
    private final Calls calls;

    Versions(Calls calls) {
        this.calls = calls;
    }

    /** Returns the versions of those keys that have one and whose server answers. */
    <K> Map<K, Version> read(Collection<? extends K> keys, Function<? super K, Spot> spots) {
        Map<K, Version> found = new HashMap<>();
        new Survey<K>(key -> begin(spots.apply(key)), (key, reply) -> add(key, of(reply), found), (key, why) -> {})
                .ask(keys);
        return found;
    }

    private static <K> void add(K key, @Nullable Version version, Map<K, Version> found) {
        if (version != null) {
            found.put(key, version);
        }
    }

    /** Begins to ask of which write an entry is. */
    ReadCall begin(Spot spot) {
        return calls.read(spot.partition(), Session.GETRANGE, spot.entry(), 0, Envelope.VERSION_END - 1);
    }

    /** Returns the version in the reply, or null if nothing is there that has one. */
    static @Nullable Version of(List<Object> reply) {
        byte[] start = (byte[]) reply.get(0);
        return start == null || start.length < Envelope.VERSION_END ? null : Envelope.version(start);
    }
}
