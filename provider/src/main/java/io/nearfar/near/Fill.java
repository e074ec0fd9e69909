package io.nearfar.near;

/**
 * The right to put into the near tier what a read or write of the far tier, sent after this was taken, brings back.
 * Given by {@link NearTier#begin}, and handed back exactly once.
 */
public final class Fill<K> {
    final K key;
    final String text;
    final boolean indexed;
    final Partition partition;
    final int epoch;
    final Token token;
    final long floor;
    final int beat;
    final int judged;

    /** @param floor the highest stamp known of the partition; an own write sent after this lies above it */
    Fill(K key, String text, boolean indexed, Partition partition, Token token, long floor) {
        this.key = key;
        this.text = text;
        this.indexed = indexed;
        this.partition = partition;
        this.epoch = token.epoch();
        this.token = token;
        this.floor = floor;
        this.beat = partition.lease().beats();
        this.judged = partition.patterns().last();
    }
}
