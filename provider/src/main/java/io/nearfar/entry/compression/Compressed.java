package io.nearfar.entry.compression;

import io.nearfar.config.Compression;

/**
 * A value as it is stored.
 *
 * @param method how it is compressed
 * @param bytes the value itself, or its length and what the method made of it
 */
@SuppressWarnings("ArrayRecordComponent") // only carried
public record Compressed(Compression method, byte[] bytes) {}
