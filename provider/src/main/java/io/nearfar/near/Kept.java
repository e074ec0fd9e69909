package io.nearfar.near;

import io.nearfar.entry.Version;

/**
 * What the near tier keeps of a key.
 *
 * @param version the write that it is of
 */
public record Kept<K>(K key, Version version) {}
