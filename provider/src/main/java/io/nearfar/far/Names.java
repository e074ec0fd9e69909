package io.nearfar.far;

import io.nearfar.invalidation.Wire;
import io.nearfar.key.Keyspace;
import org.jspecify.annotations.Nullable;

/** What the far tier calls the things of one cache, and whether this node has destroyed it. */
final class Names {
    private final Keyspace keyspace;
    private final String cache;
    private final String inEntries;
    private final byte[] wire;
    private final String[] metas = new String[Keyspace.PARTITIONS];
    private final String[] tags = new String[Keyspace.PARTITIONS];
    private volatile boolean destroyed;

    Names(Keyspace keyspace, String cache) {
        this.keyspace = keyspace;
        this.cache = cache;
        this.inEntries = keyspace.inEntryKeys(cache);
        this.wire = Wire.text(cache);
        for (int partition = 0; partition < metas.length; partition++) {
            metas[partition] = keyspace.metaKey(cache, partition);
            tags[partition] = keyspace.tagsKey(cache, partition);
        }
    }

    String cache() {
        return cache;
    }

    /** Returns the cache's name as a message carries it. */
    byte[] wire() {
        return wire;
    }

    int partition(String text) {
        return keyspace.partition(cache, text);
    }

    String entry(int partition, String text) {
        return keyspace.hashTag(partition) + inEntries + text;
    }

    String lock(int partition, String text) {
        return keyspace.lockKey(partition, cache, text);
    }

    String refresh(int partition, String text) {
        return keyspace.refreshKey(partition, cache, text);
    }

    String upload(int partition, long nonce) {
        return keyspace.uploadKey(partition, cache, nonce);
    }

    String meta(int partition) {
        return metas[partition];
    }

    String tags(int partition) {
        return tags[partition];
    }

    String chain(int partition) {
        return keyspace.chainKey(partition);
    }

    String channel(int partition) {
        return keyspace.channel(partition);
    }

    String sweep() {
        return keyspace.sweepKey(cache);
    }

    /** Returns what the names of entries match in whose keys' texts {@code literal} stands. */
    String pattern(String literal) {
        return keyspace.entryPattern(cache, literal);
    }

    /** Says whether metas that are missing are so on purpose. */
    void setDestroyed(boolean destroyed) {
        this.destroyed = destroyed;
    }

    boolean isDestroyed() {
        return destroyed;
    }

    /** Returns the text of the key whose entry has that name, or null if it is another cache's. */
    @Nullable
    String text(String name) {
        return keyspace.entryText(cache, name);
    }
}
