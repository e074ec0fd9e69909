package io.nearfar.far;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.KeyText;

/** Where one key lives. */
record Spot(Names names, KeyText key, int partition) {
    static Spot of(Names names, KeyText key) {
        return new Spot(names, key, names.partition(key.text()));
    }

    String entry() {
        return names.entry(partition, key.text());
    }

    String meta() {
        return names.meta(partition);
    }

    String tags() {
        return names.tags(partition);
    }

    String chain() {
        return names.chain(partition);
    }

    String lock() {
        return names.lock(partition, key.text());
    }

    String refresh() {
        return names.refresh(partition, key.text());
    }

    String channel() {
        return names.channel(partition);
    }

    /** Returns the key's text as a message carries it. */
    byte[] wire() {
        return Wire.text(key.text());
    }

    static byte[] bytes(Version version) {
        return Numbers.version(version.stamp(), version.nonce());
    }
}
