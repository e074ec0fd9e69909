package io.nearfar.tier;

import io.nearfar.key.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** What the rows of one cache are called, and how a first one begins. */
final class RowNames {
    /** Comes before every identity, and is no empty text, which some databases take for nothing at all. */
    static final String START = " ";

    private static final int LONGEST_LABEL = 200;

    private final String scope;
    private final String label;
    private final String clearId;

    /** Creates the names of a cache under a prefix, in a database of the far tier. */
    RowNames(String prefix, int database, String cache) {
        this.scope = fingerprint("cache", prefix, String.valueOf(database), cache);
        this.label = label(prefix + ":" + cache);
        this.clearId = fingerprint("clear", scope);
    }

    String scope() {
        return scope;
    }

    /** Returns the identity of the row that says what is to be cleared. */
    String clearId() {
        return clearId;
    }

    /** Returns the identity of the row of the key of that text. */
    String id(String text) {
        return fingerprint("key", scope, text);
    }

    OutageRow first(String text, int partition, byte[] content) {
        return new OutageRow(id(text), scope, label, partition, firstNumber(), null, content);
    }

    OutageRow firstClear(byte[] content) {
        return new OutageRow(clearId, scope, label, OutageRow.CLEAR, firstNumber(), null, content);
    }

    /** By chance, so that no row has a number that an earlier one of its identity had. */
    private static long firstNumber() {
        return ThreadLocalRandom.current().nextLong(1, 1L << 60);
    }

    /** For people; databases differ in which characters they take. */
    private static String label(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(LONGEST_LABEL, plain.length()));
    }

    private static String fingerprint(String... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (String part : parts) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Fingerprint.of(bytes.toByteArray());
    }
}
