package io.nearfar.jcache;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.nio.ByteBuffer;
import java.util.List;

/** Entries of the cache {@code cities}, as they lie on the server: their ends are put there, so that no test waits for a clock. */
final class EndedEntries {
    private static final int EXPIRES_AT = 26;

    private EndedEntries() {}

    static String name(RealRedis redis, String key) {
        List<?> names = (List<?>) redis.call("KEYS", "*:e:cities:" + key);
        return RespClient.text(names.get(0));
    }

    static boolean isThere(RealRedis redis, String key) {
        return !((List<?>) redis.call("KEYS", "*:e:cities:" + key)).isEmpty();
    }

    /** The time of an entry is over, as soon as it was written. */
    static void end(RealRedis redis, String key) {
        String name = name(redis, key);
        ByteBuffer entry = ByteBuffer.wrap((byte[]) redis.call("GET", name));
        long end = Math.max(entry.getLong(2), entry.getLong(18)) + 1;
        redis.call(
                "SETRANGE",
                name,
                EXPIRES_AT,
                ByteBuffer.allocate(8).putLong(end).array());
    }

    static long life(RealRedis redis, String key) {
        return (Long) redis.call("PTTL", name(redis, key));
    }

    /** The end was told by a node whose message has not come yet, as the server is left by that. */
    static void tellElsewhere(RealRedis redis, String key) {
        String name = name(redis, key);
        redis.call("RENAME", name, name.replace("}:e:", "}:o:"));
    }
}
