package io.nearfar.fault.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a server sends to a subscriber without having been asked.
 *
 * @param kind as the protocol names it: message, smessage, subscribe
 * @param channel where it was published
 * @param payload what was published; empty for a confirmation
 */
public record Push(String kind, String channel, byte[] payload) {
    private static final Set<String> MESSAGES = Set.of("message", "smessage", "pmessage");
    private static final Set<String> CONFIRMATIONS = Set.of("subscribe", "ssubscribe", "psubscribe");

    /** Reads a whole reply; returns null if it is none of these. */
    static Push of(byte[] frame) {
        boolean many = frame.length > 4 && (frame[0] == '*' || frame[0] == '>') && (frame[1] == '3' || frame[1] == '4');
        if (!many || frame[4] != '$') {
            return null;
        }
        List<byte[]> words = words(frame);
        String kind = text(words.get(0));
        if (MESSAGES.contains(kind)) {
            return new Push(kind, text(words.get(words.size() - 2)), words.get(words.size() - 1));
        }
        return CONFIRMATIONS.contains(kind) ? new Push(kind, text(words.get(1)), new byte[0]) : null;
    }

    /** Tells whether it is something that was published. */
    public boolean isMessage() {
        return MESSAGES.contains(kind);
    }

    /** Tells whether these bytes occur in what was published. */
    public boolean mentions(String text) {
        return new String(payload, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Returns the bulk strings of a flat array. */
    private static List<byte[]> words(byte[] frame) {
        List<byte[]> words = new ArrayList<>();
        int at = 4;
        while (at < frame.length) {
            int line = at;
            while (frame[line] != '\r') {
                line++;
            }
            int size = frame[at] == '$' ? Integer.parseInt(text(Arrays.copyOfRange(frame, at + 1, line))) : -1;
            words.add(size < 0 ? new byte[0] : Arrays.copyOfRange(frame, line + 2, line + 2 + size));
            at = size < 0 ? line + 2 : line + 2 + size + 2;
        }
        return words;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
