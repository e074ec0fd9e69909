package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Wire;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A server on which scripts are tried, one partition's keys, the messages that come, and what stands there. */
final class ScriptBench implements AutoCloseable {
    static final String ENTRY = "{t}:e:c:k";
    static final String META = "{t}:m:c";
    static final String CHAIN = "{t}:chain";
    static final String TAGS = "{t}:g:c";
    static final String LOCK = "{t}:l:c:k";
    static final String CHANNEL = "{t}:inv";

    /** The writer's nonce in every call. */
    static final Version ME = new Version(0, 0x6d796e6f6e636521L);

    static final Version CHAINED = new Version(2_000_000, 22);
    static final Version STORED = new Version(1_000_000, 11);
    static final Version OTHER = new Version(1_000_001, 12);
    static final long CLEARED_AT = 500_000;

    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final long IN_TIME_MICROS = 120_000_000;

    private final RealRedis redis;
    private final RespClient client;
    private final RespClient listener;

    ScriptBench(RealRedis.Program program) {
        redis = program.start();
        client = redis.connect();
        listener = redis.connect();
        listener.call("SUBSCRIBE", CHANNEL);
    }

    RealRedis redis() {
        return redis;
    }

    Object call(Object... words) {
        return client.call(words);
    }

    /** Empties the server and puts chain and meta in their places. */
    void reset() {
        client.call("FLUSHALL");
        client.call("SET", CHAIN, bytes(CHAINED));
        client.call("SET", META, meta(CLEARED_AT));
    }

    /**
     * Has the cache cleared by a server whose clock was an hour ahead, and loses the chain with that server.
     *
     * @return the stamp of that clear
     */
    long clearAhead() {
        long ahead = now() + 3_600_000_000L;
        client.call("SET", META, meta(ahead));
        client.call("DEL", CHAIN);
        return ahead;
    }

    static byte[] bytes(Version version) {
        return Numbers.version(version.stamp(), version.nonce());
    }

    static byte[] meta(long clearedAt) {
        return ByteBuffer.allocate(25).put((byte) 1).putLong(clearedAt).array();
    }

    static byte[] entry(Version version, long expires, String value) {
        return envelope(Envelope.head(null), version, expires, Envelope.tail(null, value.getBytes(UTF_8)));
    }

    /** An entry that is kept after its end. */
    static byte[] graced(Version version, long expires, long graceMillis, String value, String... tags) {
        Attributes attributes = Attributes.of(List.of(tags), 5, graceMillis);
        return envelope(
                Envelope.head(null, Compression.NONE, attributes),
                version,
                expires,
                Envelope.tail(null, Compression.NONE, value.getBytes(UTF_8), attributes));
    }

    static byte[] placeholder(Version version, long expires) {
        return envelope(Envelope.placeholderHead(), version, expires, Envelope.placeholderTail());
    }

    private static byte[] envelope(byte[] head, Version version, long expires, byte[] tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(bytes(version));
        out.writeBytes(ByteBuffer.allocate(16).putLong(77).putLong(expires).array());
        out.writeBytes(tail);
        return out.toByteArray();
    }

    /** Returns the argument for a condition; {@code is} names {@link #STORED}, {@code is-other} another version. */
    static Object condition(String name) {
        return switch (name) {
            case "is" -> bytes(STORED);
            case "is-other" -> bytes(OTHER);
            default -> name;
        };
    }

    /** Puts an entry there that is longer than what a reply tells. */
    void putLargeEntry() {
        call("SET", ENTRY, entry(STORED, 0, "o".repeat(Caution.LARGE)));
    }

    /** Returns the server's time in microseconds. */
    long now() {
        return Numbers.time(list(client.call("TIME")));
    }

    /** Returns a not-after that no script reaches too late. */
    long inTime() {
        return now() + IN_TIME_MICROS;
    }

    /** Runs a script in time; arguments follow the prelude's. */
    List<Object> run(Script script, List<String> keys, Object... arguments) {
        return run(script, inTime(), keys, arguments);
    }

    /** Runs a script that may be late. */
    List<Object> run(Script script, long notAfter, List<String> keys, Object... arguments) {
        return eval(script, "", notAfter, keys, List.of(), arguments);
    }

    /**
     * Runs a script in time on a server of which one command does something else, once.
     *
     * @param instead what it does: Lua with the command's {@code key}, that returns the reply
     */
    List<Object> runWhere(String command, String instead, Script script, List<String> keys, Object... arguments) {
        String text = """
                local server, met = redis, false
                local function call(command, ...)
                  local key = ...
                  if command == '%s' and not met then
                    met = true
                    %s
                  end
                  return server.call(command, ...)
                end
                local redis = setmetatable({call = call}, {__index = server})
                """.formatted(command, instead);
        return eval(script, text, inTime(), keys, List.of(), arguments);
    }

    /** Runs a script in time on a server whose clock shows an instant, in microseconds. */
    List<Object> runAt(long now, Script script, List<String> keys, Object... arguments) {
        String text = """
                local server = redis
                local function call(command, ...)
                  if command == 'TIME' then
                    return {ARGV[#ARGV - 1], ARGV[#ARGV]}
                  end
                  return server.call(command, ...)
                end
                local redis = setmetatable({call = call}, {__index = server})
                """;
        List<Object> clock = List.of(now / MICROS_OF_A_SECOND, now % MICROS_OF_A_SECOND);
        return eval(script, text, now, keys, clock, arguments);
    }

    private List<Object> eval(
            Script script, String before, long notAfter, List<String> keys, List<Object> behind, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("EVAL", before + script.text(), keys.size()));
        words.addAll(keys);
        if (script.isPacked()) {
            Stream<Object> numbers = Stream.concat(Stream.of(notAfter), Stream.of(arguments));
            words.add(Numbers.packed(
                    numbers.map(number -> ((Number) number).longValue()).toList()));
        } else {
            words.add(notAfter);
            words.add(ByteBuffer.allocate(8).putLong(ME.nonce()).array());
            words.add("PUBLISH");
            words.addAll(Arrays.asList(arguments));
        }
        words.addAll(behind);
        Object reply = client.call(words.toArray());
        return reply instanceof byte[] packed ? Numbers.unpacked(packed) : list(reply);
    }

    @SuppressWarnings("unchecked") // arrays of the protocol are lists of objects
    static List<Object> list(Object answer) {
        return (List<Object>) answer;
    }

    /** Returns the messages of all calls since the last time. */
    List<Invalidation> messages() {
        client.call("PUBLISH", CHANNEL, "end");
        List<Invalidation> messages = new ArrayList<>();
        while (true) {
            byte[] message = (byte[]) list(listener.next()).get(2);
            if (Arrays.equals(message, "end".getBytes(UTF_8))) {
                return messages;
            }
            messages.add(Wire.read(0, message));
        }
    }

    /** Returns all that the server holds, in a form that can be compared. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (Object key : list(client.call("KEYS", "*"))) {
            String name = RespClient.text(key);
            state.put(name, Arrays.toString((byte[]) client.call("DUMP", name)));
        }
        return state;
    }

    Envelope read(String key) {
        byte[] bytes = (byte[]) client.call("GET", key);
        return bytes == null ? null : Envelope.read(bytes);
    }

    Version chain() {
        byte[] bytes = (byte[]) client.call("GET", CHAIN);
        return bytes == null ? null : Numbers.version(bytes);
    }

    /** Returns the stamp of the last clear, or -1 if the meta is missing. */
    long clearedAt() {
        byte[] bytes = (byte[]) client.call("GET", META);
        return bytes == null ? -1 : ByteBuffer.wrap(bytes).getLong(1);
    }

    /** Returns milliseconds until the key goes, -1 if it stays, -2 if it is not there. */
    long life(String key) {
        return (Long) client.call("PTTL", key);
    }

    @Override
    public void close() {
        client.close();
        listener.close();
        redis.close();
    }
}
