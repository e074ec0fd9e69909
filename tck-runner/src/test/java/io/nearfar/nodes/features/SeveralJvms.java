package io.nearfar.nodes.features;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Redis and four JVMs of one application, which find their settings in a file that can be changed. */
final class SeveralJvms implements AutoCloseable {
    private static final String SETTINGS = """
            nearfar.address = %s
            nearfar.prefix = features
            nearfar.start = require
            # A busy machine is no outage
            nearfar.connect-timeout = 30s
            nearfar.deadline = 9s
            # What ends here ends by a message, and not by its stay
            nearfar.near.ttl = 1h

            nearfar.cache.pattern-*.ttl = 30m
            nearfar.template.kind.ttl = long
            nearfar.cache.of-a-kind.template = kind
            nearfar.cache.ruled.ttl.rules = *:24h 5m, *:7d medium, *:1y daily
            nearfar.cache.jittered.ttl = 10h
            nearfar.cache.jittered.ttl.jitter = 50%%

            nearfar.invalidation.user.parameters = id
            nearfar.invalidation.user.tags = user:{id}
            nearfar.invalidation.user.patterns = feed:{id}:*
            nearfar.invalidation.user.caches = named-*
            nearfar.invalidation.softly.parameters = way
            nearfar.invalidation.softly.tags = soft:{way}
            nearfar.invalidation.softly.caches = softened
            nearfar.invalidation.softly.soft = true
            nearfar.cache.spaces.namespaces = feed:

            nearfar.cache.nothing.ttl.negative = 1h
            nearfar.cache.ahead.ttl = 1h
            nearfar.cache.ahead.refresh-ahead = 99%%
            nearfar.cache.stale.stale-while-revalidate = 1h
            nearfar.cache.safe.grace = 1h
            nearfar.cache.safe.fail-safe.throttle = 1h
            nearfar.cache.slow.grace = 1h
            nearfar.cache.slow.load.soft-timeout = 20ms
            nearfar.cache.slow.load.hard-timeout = 300ms
            nearfar.cache.conditional.grace = 1h
            nearfar.cache.softened.grace = 1h
            nearfar.cache.limited.load.limit = 2
            nearfar.cache.limited.load.limit.window = 10m

            nearfar.cache.deflate.compression = deflate
            nearfar.cache.lz4.compression = lz4
            nearfar.cache.zstd.compression = zstd
            nearfar.cache.kryo.codec = kryo
            nearfar.cache.json.codec = json
            nearfar.cache.declared.codec.trust = declared
            nearfar.cache.strict.keys.strict = [a-z:]

            nearfar.cache.mortal.load-lease = 12s
            nearfar.cache.mortal.deadline = 4s
            nearfar.cache.nearfar-warmings.load-lease = 5s
            nearfar.cache.nearfar-warmings.deadline = 4s
            """;

    private final RealRedis redis = RealRedis.start();
    private final Path file;
    private final List<Worker> workers = new ArrayList<>();

    SeveralJvms() throws IOException {
        file = Files.createTempFile("nearfar", ".properties");
        set("");
        List<CompletableFuture<Worker>> starts = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            // Every second one is the next release of the application
            String version = Integer.toString(1 + number % 2);
            starts.add(Worker.start(file.toUri(), Map.of("nearfar.cache.release.version", version)));
        }
        starts.forEach(start -> workers.add(start.join()));
    }

    /** Changes the settings of all, which they read when they are opened anew. */
    void set(String further) throws IOException {
        Files.writeString(file, SETTINGS.formatted(redis.address()) + further);
    }

    Worker first() {
        return workers.get(0);
    }

    Worker second() {
        return workers.get(1);
    }

    Worker third() {
        return workers.get(2);
    }

    /** The one that a test may kill. */
    Worker fourth() {
        return workers.get(3);
    }

    List<Worker> three() {
        return workers.subList(0, 3);
    }

    List<Worker> all() {
        return workers;
    }

    /** Tells whether it is so in three of them. */
    boolean everywhere(Errand<Boolean> condition) {
        return three().stream().allMatch(worker -> worker.ask(condition));
    }

    /** Returns how often their databases were asked. */
    int asked(String what) {
        return three().stream()
                .mapToInt(worker -> worker.ask(place -> place.asked(what)))
                .sum();
    }

    /** Returns the names in Redis of what is there under keys of a cache that end so. */
    List<String> stored(String cache, String end) {
        return Stream.of(redis.call("KEYS", "*" + cache + "*" + end))
                .flatMap(names -> ((List<?>) names).stream())
                .map(RespClient::text)
                .collect(Collectors.toList());
    }

    /** Returns for how many minutes the server keeps an entry that was just written; 0: for ever. */
    long minutes(String cache, String key) {
        return (millis(cache, key) + 45_000) / 60_000;
    }

    long millis(String cache, String key) {
        List<String> stored = stored(cache, key);
        if (stored.size() != 1) {
            throw new AssertionError("entries of cache " + cache + " that end with " + key + ": " + stored);
        }
        return Math.max(0, (long) redis.call("PTTL", stored.get(0)));
    }

    /** Returns how many bytes an entry takes. */
    long bytes(String cache, String key) {
        return (long) redis.call("STRLEN", stored(cache, key).get(0));
    }

    @Override
    public void close() {
        try {
            workers.forEach(Worker::close);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            redis.close();
        }
    }
}
