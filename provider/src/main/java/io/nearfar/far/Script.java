package io.nearfar.far;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts of the far tier, each a resource beside this class that tells its keys, arguments and reply. */
enum Script {
    WRITE("plain_write"),
    PIECE,
    REMOVE,
    SOFTEN,
    TOUCH,
    TOUCH_ALL,
    EXPIRE,
    LEASE,
    RENEW,
    RELEASE,
    ABSENT,
    FAIL,
    KEPT,
    REFRESH,
    CLEAR,
    TAG,
    PATTERN,
    RECREATE,
    FOUND,
    BEAT,
    WRITE_ALL(List.of("many")),
    REMOVE_ALL(List.of("many")),
    SWEEP,
    CLAIM,
    POST,
    DECIDE(true, false),
    REFUND(false, true),
    FORGET(false, true);

    private final boolean packed;
    private final String text;
    private final String sha;

    /** A script of caches; what is named comes before the functions that it uses. */
    Script(String... first) {
        this.packed = false;
        this.text = together(Stream.concat(Stream.of("clock"), Stream.of(first)), Caches.PRELUDE.before(own()));
        this.sha = sha1(text);
    }

    /** A script of caches; what is named stands between the functions that it uses and its own text. */
    Script(List<String> between) {
        this.packed = false;
        Stream<String> texts = Stream.concat(between.stream().map(Script::load), Stream.of(own()));
        this.text = together(Stream.of("clock"), Caches.PRELUDE.before(texts.collect(Collectors.joining("\n"))));
        this.sha = sha1(text);
    }

    /** A script of limits. */
    Script(boolean packed, boolean clock) {
        this.packed = packed;
        this.text = together(clock ? Stream.of("clock") : Stream.of(), own());
        this.sha = sha1(text);
    }

    private String own() {
        return load(name().toLowerCase(Locale.ROOT));
    }

    private static String together(Stream<String> first, String last) {
        return Stream.concat(first.map(Script::load), Stream.of(last)).collect(Collectors.joining("\n"));
    }

    /** Tells whether its arguments are one string, and its reply another, as {@link Numbers#packed} makes them. */
    boolean isPacked() {
        return packed;
    }

    /** Returns what EVAL is given. */
    String text() {
        return text;
    }

    /** Returns what EVALSHA is given. */
    String sha() {
        return sha;
    }

    private static String load(String name) {
        String file = name + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Script " + file + " is missing beside " + Script.class.getName()
                        + ": the jar is incomplete, or a tool that repackaged it left resources out");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Script " + file + " cannot be read from the jar", e);
        }
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1, by which Redis names scripts, is missing in this Java runtime", e);
        }
    }

    /** What the scripts of caches have in common; constants of the enum are made before its own fields. */
    private static final class Caches {
        private static final Prelude PRELUDE = new Prelude(load("prelude"));
    }
}
