package io.nearfar.sample.monitoring;

import static org.awaitility.Awaitility.await;

import io.nearfar.spi.NearfarCachingProvider;
import io.nearfar.testing.RespClient;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** What goes wrong in a sample that runs, and the alerts that tell of it. */
enum Trouble {
    /** Each entry is asked for once. */
    NOTHING_FOUND("NearfarLowHitRatio") {
        @Override
        void happen(RunningSample sample) {
            IntStream.range(0, 200).forEach(i -> sample.get("cities/-" + (i + 1)));
        }
    },
    /** The server stands still for a while that is short of an outage. */
    SLOW_SERVER("NearfarSlowFarTier") {
        @Override
        void happen(RunningSample sample) {
            sample.operate("CLIENT", "PAUSE", "400");
            sample.ask("PUT", "api/me/preferences", "ada", "{\"units\":\"km\",\"theme\":\"dark\"}");
            sample.ask("GET", "api/me/preferences", "ada", null);
        }
    },
    /** Writes of which no message tells: the last write of each partition is another one. */
    LOST_MESSAGES("NearfarLostMessages") {
        @Override
        void happen(RunningSample sample) {
            sample.operate(
                    "EVAL",
                    "for _, chain in ipairs(redis.call('KEYS', '{gazetteer*:chain')) do"
                            + " local stamp = struct.unpack('>I8', redis.call('GET', chain))"
                            + " redis.call('SET', chain, struct.pack('>I8', stamp + 1) .. 'elsewher') end",
                    "0");
        }
    },
    /** The node stands still while another one writes. */
    STANDING_NODE("NearfarMessageLag") {
        @Override
        void happen(RunningSample sample) {
            sample.signal("-STOP");
            try {
                Map<String, String> many = new HashMap<>();
                IntStream.range(0, 50).forEach(i -> many.put("key" + i, "value"));
                writeElsewhere(sample, "elsewhere", many);
                long written = time(sample);
                await().atMost(RunningSample.SOON).until(() -> time(sample) > written + 700);
            } finally {
                sample.signal("-CONT");
            }
        }
    },
    /** The node stands still for longer than Prometheus waits for an answer. */
    SILENT_NODE("NearfarNodeDown") {
        @Override
        void happen(RunningSample sample) {
            sample.signal("-STOP");
        }

        @Override
        void end(RunningSample sample) {
            sample.signal("-CONT");
            sample.awaitRecovered();
        }
    },
    /** The user has lost the right to run scripts, and so to write. */
    REFUSED_WRITES("NearfarDirtyKeys", "NearfarFarErrors") {
        @Override
        void happen(RunningSample sample) {
            sample.operate("ACL", "SETUSER", RunningSample.USER, "-eval", "-evalsha");
            sample.ask("PUT", "api/me/preferences", "ada", "{\"units\":\"km\",\"theme\":\"light\"}");
        }

        @Override
        void end(RunningSample sample) {
            sample.operate("ACL", "SETUSER", RunningSample.USER, "+eval", "+evalsha");
            sample.awaitRecovered();
        }
    },
    /** The server is given less room than it needs, and may not evict anything. */
    FULL_SERVER("NearfarServerMemory") {
        @Override
        void happen(RunningSample sample) {
            sample.operate("CONFIG", "SET", "maxmemory-policy", "noeviction");
            sample.operate("CONFIG", "SET", "maxmemory", sample.memoryUsed());
        }

        @Override
        void end(RunningSample sample) {
            sample.operate("CONFIG", "SET", "maxmemory", "1gb");
            sample.operate("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
            sample.awaitRecovered();
        }
    },
    /** The server is given less room than it needs, and others fill it. */
    EVICTING_SERVER("NearfarServerEvictions") {
        @Override
        void happen(RunningSample sample) {
            try (RespClient filler = sample.operator()) {
                filler.call("CONFIG", "SET", "maxmemory", "16mb");
                for (int i = 0; i < 400; i++) {
                    filler.call(
                            "EVAL",
                            "for i = 1, 100 do redis.call('SET', 'filler' .. ARGV[1] .. ':' .. i, string.rep('x', 1000), 'PX', 600000) end",
                            "0",
                            i);
                }
            }
        }

        @Override
        void end(RunningSample sample) {
            sample.operate("CONFIG", "SET", "maxmemory", "1gb");
        }
    },
    /** Another program has put into a cache what nobody here trusts. */
    UNKNOWN_TYPE("NearfarRejectedEntries") {
        @Override
        void happen(RunningSample sample) {
            writeElsewhere(sample, "sessions", Map.of("forged", new Unknown("")));
            sample.getWithSession("session", "forged");
        }
    },
    /** One visitor asks again and again. */
    EAGER_VISITOR("NearfarLimiterDenials") {
        @Override
        void happen(RunningSample sample) {
            IntStream.range(0, 60).forEach(i -> sample.get("cities?q=oslo"));
        }
    },
    /** The server is gone. */
    NO_SERVER("NearfarFarTierDown", "NearfarStaleAnswers", "NearfarFarErrors", "NearfarLimiterWithoutServer") {
        @Override
        void happen(RunningSample sample) {
            sample.get("cities/1850147");
            sample.get("cities/1850147");
            sample.redis().kill();
        }

        /** Again and again, since an answer is a stale one only when the lease is over. */
        @Override
        void goOn(RunningSample sample) {
            sample.get("cities/1850147");
            sample.get("cities?q=rome");
        }

        @Override
        void end(RunningSample sample) {
            sample.redis().restart();
            sample.awaitRecovered();
        }
    };

    private final Set<String> alerts;

    Trouble(String... alerts) {
        this.alerts = Set.of(alerts);
    }

    Set<String> alerts() {
        return alerts;
    }

    abstract void happen(RunningSample sample);

    /** What is done until it is seen. */
    void goOn(RunningSample sample) {}

    void end(RunningSample sample) {}

    /** Returns the server's time in milliseconds. */
    private static long time(RunningSample sample) {
        List<?> time = (List<?>) sample.operate("TIME");
        return Long.parseLong(RespClient.text(time.get(0))) * 1000
                + Long.parseLong(RespClient.text(time.get(1))) / 1000;
    }

    /** Of a class that the sample does not have. */
    private record Unknown(String text) implements Serializable {}

    /** Another node of the same application, in this process, puts entries one by one. */
    private static void writeElsewhere(RunningSample sample, String name, Map<String, ?> entries) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "nearfar.address",
                sample.redis().address(),
                "nearfar.user",
                RunningSample.USER,
                "nearfar.password",
                RunningSample.PASSWORD,
                "nearfar.application",
                "gazetteer",
                "nearfar.deadline",
                "9s",
                "nearfar.start",
                "require"));
        try (NearfarCachingProvider provider = new NearfarCachingProvider();
                CacheManager manager = provider.getCacheManager(null, null, settings)) {
            Cache<String, Object> cache = manager.createCache(name, new MutableConfiguration<>());
            entries.forEach(cache::put);
        }
    }
}
