package io.nearfar.far;

import static io.nearfar.far.ScriptBench.ME;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may stand in a partition, and writes into it, at random; instants and stamps are few, so that they often meet. */
final class RandomPartition {
    private static final long SECOND = 1_000_000;
    private static final long LATER = 60 * SECOND + 1;
    private static final long CLEARED = 1_000_000_000_000_000L;
    private static final List<String> TAG_NAMES = List.of("a", "b", "c");
    private static final int UPLOAD_FROM = 34;

    private final Random random;
    private final long now = 4_000_000_000_000_000L + SECOND;
    private final long[] stamps = {0, CLEARED - 1, CLEARED, CLEARED + 1, CLEARED + 5, now - 1, now, now + 7};
    private final long cleared;
    private final long tagged;
    private final long floor;
    private final Version version;

    RandomPartition(Random random) {
        this.random = random;
        this.cleared = rarely() ? stamp() : CLEARED;
        this.tagged = random.nextBoolean() ? 0 : stamp();
        this.floor = rarely() ? stamp() : 0;
        this.version = new Version(stamp(), rarely() ? ME.nonce() : 11);
    }

    long now() {
        return now;
    }

    /** Returns the version of entries that are met. */
    byte[] version() {
        return ScriptBench.bytes(version);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    final <T> T oneOf(T... those) {
        return those[random.nextInt(those.length)];
    }

    private boolean rarely() {
        return random.nextInt(8) == 0;
    }

    private long stamp() {
        return stamps[random.nextInt(stamps.length)];
    }

    /** Puts what a partition has beside entries. */
    void put(ScriptBench bench, String meta, String chain, String tags, String lock) {
        byte[] state = ByteBuffer.allocate(25)
                .put((byte) (rarely() ? 2 : 1))
                .putLong(cleared)
                .putLong(tagged)
                .putLong(floor)
                .array();
        putOrNot(bench, meta, state);
        putOrNot(bench, chain, ScriptBench.bytes(new Version(rarely() ? stamp() : now - SECOND, 22)));
        if (rarely()) {
            putOrNot(bench, lock, oneOf("me", "you").getBytes(UTF_8));
        }
        if (!rarely()) {
            putTags(bench, tags);
        }
    }

    /** Mostly as it is; now and then cut off, of another type, or missing. */
    private void putOrNot(ScriptBench bench, String key, byte[] bytes) {
        bench.call("DEL", key);
        switch (random.nextInt(20)) {
            case 0 -> {}
            case 1 -> bench.call("HSET", key, "field", "value");
            case 2 -> bench.call("SET", key, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            default -> bench.call("SET", key, bytes);
        }
    }

    private void putTags(ScriptBench bench, String tags) {
        long said = rarely() ? stamp() : tagged;
        bench.call(
                "HSET",
                tags,
                "",
                ByteBuffer.allocate(16).putLong(said).putLong(floor).array());
        for (String tag : TAG_NAMES) {
            switch (random.nextInt(3)) {
                case 0 -> bench.call("HSET", tags, tag, Numbers.bytes(stamp()));
                case 1 ->
                    bench.call(
                            "HSET",
                            tags,
                            tag,
                            ByteBuffer.allocate(24)
                                    .putLong(stamp())
                                    .putLong(oneOf(0L, stamp()))
                                    .putLong(oneOf(now - SECOND, now))
                                    .array());
                default -> {}
            }
        }
    }

    /** Puts an entry under a key, or a placeholder, or something else, or nothing. */
    void putEntry(ScriptBench bench, String key) {
        bench.call("DEL", key);
        if (random.nextInt(4) == 0) {
            return;
        }
        Body body = body("old");
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.write(rarely() ? 2 : 1);
        entry.write(body.head[1] | oneOf(0, 0, 0, 1, 2, 65));
        entry.writeBytes(version());
        entry.writeBytes(ByteBuffer.allocate(16)
                .putLong(now - 9 * SECOND)
                .putLong(oneOf(0L, now + LATER, now + LATER, now + 1, now, now - SECOND))
                .array());
        entry.writeBytes(body.tail);
        putOrNot(bench, key, entry.toByteArray());
    }

    @SuppressWarnings("ArrayRecordComponent") // only carried
    private record Body(byte[] head, byte[] tail) {}

    private Body body(String value) {
        List<String> tags = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            TAG_NAMES.stream().filter(tag -> random.nextBoolean()).forEach(tags::add);
        }
        Attributes attributes = Attributes.of(tags, oneOf(-1, -1, 5), oneOf(-1, -1, -1, 30_000));
        return new Body(
                Envelope.head(null, Compression.NONE, attributes),
                Envelope.tail(null, Compression.NONE, value.getBytes(UTF_8), attributes));
    }

    /** Returns a write of one key. */
    RandomWrite write() {
        Body body = body("new");
        return new RandomWrite(
                oneOf("always", "always", "absent", "present", version(), ScriptBench.bytes(ScriptBench.OTHER)),
                oneOf("-1", "60000", "60000", "0"),
                oneOf("-1", "60000", "60000", "-2", "0"),
                random.nextInt(4) == 0 ? "1" : "0",
                body.head,
                body.tail,
                random.nextInt(3) > 0 ? 0 : stamp());
    }

    /** Returns the command that publishes, in most cases with nobody who listens. */
    Object publish() {
        if (!rarely()) {
            return oneOf("PUBLISH", "PUBLISH");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("PUBLISH\n" + (char) ('0' + random.nextInt(32))).getBytes(UTF_8));
        out.writeBytes(Numbers.bytes(77));
        out.writeBytes(oneOf(":heard", "{t}:heard").getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Brings a write's value to a key of its own, or a part of it; returns how long it is there. */
    long upload(ScriptBench bench, String key, RandomWrite write) {
        bench.call("DEL", key);
        bench.call("SETRANGE", key, UPLOAD_FROM, write.tail());
        bench.call("PEXPIRE", key, 60_000);
        return UPLOAD_FROM + (long) write.tail().length + (rarely() ? 1 : 0);
    }
}
