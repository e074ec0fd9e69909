package io.nearfar.entry;

/** A key with its entry, as a scan meets them. The key is the caller's to keep. */
public record Keyed<K, V>(K key, Entry<V> entry) {}
