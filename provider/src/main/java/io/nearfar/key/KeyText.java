package io.nearfar.key;

import org.jspecify.annotations.Nullable;

/**
 * The readable form of a key: what stands at the end of its name in the far tier and in messages.
 *
 * @param text equal for equal keys, different for different ones; any Unicode, at most a few hundred characters
 * @param bytes the encoded key if the text alone does not give it back; else null. The caller does not change the array.
 */
@SuppressWarnings("ArrayRecordComponent") // only carried; nobody compares key texts by their bytes
public record KeyText(String text, byte @Nullable [] bytes) {
    /** Returns what a person reads in a key of that text, or null if it does not show the key in full. */
    public static @Nullable String readable(String text) {
        return ReadableText.readable(text);
    }
}
