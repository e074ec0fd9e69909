package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.util.concurrent.TimeUnit;

/** The memory of a server, and what fills it: then it evicts keys of all kinds by chance. */
final class Memory {
    private static final int ROOM = 400_000;
    private static final int PIECE = 4_000;

    private final RealRedis redis;

    Memory(RealRedis redis) {
        this.redis = redis;
    }

    /** Writes for so long into a memory that is full; what clients have not fetched yet may leave no room for entries. */
    void fill(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try (RespClient client = redis.connect()) {
            client.call("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
            client.call("CONFIG", "SET", "maxmemory", used(client) + ROOM);
            for (int i = 0; System.nanoTime() < until; i++) {
                write(client, "filler:" + i);
                Trial.rest(1);
            }
        }
    }

    private static void write(RespClient client, String key) {
        try {
            client.call("SET", key, new byte[PIECE]);
        } catch (IllegalStateException refused) {
            if (!String.valueOf(refused.getMessage()).startsWith("OOM")) {
                throw refused;
            }
        }
    }

    private static long used(RespClient client) {
        return figure(client, "memory", "used_memory");
    }

    /** Returns how many keys the server has evicted so far. */
    long evicted() {
        try (RespClient client = redis.connect()) {
            return figure(client, "stats", "evicted_keys");
        }
    }

    private static long figure(RespClient client, String section, String name) {
        String info = client.text("INFO", section);
        return Long.parseLong(info.replaceAll("(?s).*\\b" + name + ":(\\d+).*", "$1"));
    }

    /** Ends that. */
    void free() {
        try (RespClient client = redis.connect()) {
            client.call("CONFIG", "SET", "maxmemory", 0);
            client.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
            client.call("EVAL", "for _, k in ipairs(redis.call('KEYS', 'filler:*')) do redis.call('DEL', k) end", 0);
        }
    }
}
