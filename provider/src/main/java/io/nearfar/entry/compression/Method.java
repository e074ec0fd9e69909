package io.nearfar.entry.compression;

import java.util.zip.DataFormatException;

/** A way to compress. Safe for use by several threads. */
interface Method {
    /**
     * Compresses {@code whole} into {@code room}, from {@code at} to its end.
     *
     * @return how many bytes that took, or a number below 1 if the room is too small
     */
    int compress(byte[] whole, byte[] room, int at);

    /**
     * Expands {@code stored}, from {@code at} to its end, into {@code whole}, whatever the bytes are.
     *
     * @return how many bytes came out
     * @throws DataFormatException if the bytes are damaged
     * @throws RuntimeException if they are damaged
     */
    int expand(byte[] stored, int at, byte[] whole) throws DataFormatException;
}
