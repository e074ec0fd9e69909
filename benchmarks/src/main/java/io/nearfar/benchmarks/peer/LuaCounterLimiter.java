package io.nearfar.benchmarks.peer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One counter for each key that begins anew with each window, by one script: the least that a server can do about a limit. */
final class LuaCounterLimiter implements LimiterDriver {
    private static final String SCRIPT = "counter.lua";

    private final RedisClient client;
    private final RedisCommands<String, String> commands;
    private final String digest;

    private LuaCounterLimiter(RedisClient client) {
        this.client = client;
        this.commands = client.connect().sync();
        this.digest = commands.scriptLoad(script());
    }

    static LimiterDriver open(String address) {
        return new LuaCounterLimiter(RedisClient.create(address));
    }

    private static String script() {
        try (InputStream in = LuaCounterLimiter.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("The script " + SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + SCRIPT + " cannot be read", e);
        }
    }

    @Override
    public boolean admits(String key) {
        Long count = commands.evalsha(
                digest, ScriptOutputType.INTEGER, new String[] {"counter:" + key}, String.valueOf(WINDOW_MILLIS));
        return count <= PERMITS;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
