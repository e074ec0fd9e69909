package io.nearfar.benchmarks.peer;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lettuce as it is: one command for each call, over one connection that all threads share. */
final class LettuceDriver implements Driver {
    private final RedisClient client;
    private final RedisCommands<String, Object> commands;
    private final String prefix;

    private LettuceDriver(RedisClient client, RedisCommands<String, Object> commands, String prefix) {
        this.client = client;
        this.commands = commands;
        this.prefix = prefix;
    }

    static Driver open(Opening opening) {
        return open(opening, "lettuce-");
    }

    static Driver open(Opening opening, String prefix) {
        RedisClient client = RedisClient.create(opening.address());
        RedisCommands<String, Object> commands =
                client.connect(new LettuceCodec(opening.values())).sync();
        return new LettuceDriver(client, commands, prefix + opening.values() + ":");
    }

    @Override
    public @Nullable Object get(String key) {
        return commands.get(prefix + key);
    }

    @Override
    public void put(String key, Object value) {
        commands.set(prefix + key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        Map<String, Object> found = new HashMap<>();
        String[] asked = keys.stream().map(key -> prefix + key).toArray(String[]::new);
        for (KeyValue<String, Object> each : commands.mget(asked)) {
            each.ifHasValue(value -> found.put(each.getKey().substring(prefix.length()), value));
        }
        return found;
    }

    @Override
    public void putAll(Map<String, Object> values) {
        Map<String, Object> prefixed = new HashMap<>();
        values.forEach((key, value) -> prefixed.put(prefix + key, value));
        commands.mset(prefixed);
    }

    @Override
    public long increment(String key) {
        return commands.incr(prefix + key);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
