package io.nearfar.far;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nearfar.invalidation.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A call of write_all.lua or remove_all.lua that is being put together: partition by partition, in each key by key. */
final class Batch {
    private static final Object AS_BEFORE = "";

    private final List<String> states = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();
    private final List<List<Object>> items = new ArrayList<>();
    private byte[] last = {};

    Batch partition(String meta, String chain, String tagTable, String channel) {
        states.addAll(List.of(meta, chain));
        tags.add(tagTable);
        items.add(new ArrayList<>(List.of(channel)));
        return this;
    }

    /** Adds the partition that a bench looks at. */
    Batch here() {
        return partition(ScriptBench.META, ScriptBench.CHAIN, ScriptBench.TAGS, ScriptBench.CHANNEL);
    }

    /** Adds a write, in the words of write.lua. */
    Batch write(String entry, String lock, String text, RandomWrite write) {
        byte[] condition = condition(entry, lock, write.condition());
        byte[] how = ByteBuffer.allocate(27 + condition.length)
                .putLong(Long.parseLong(write.onCreate()))
                .putLong(Long.parseLong(write.onUpdate()))
                .putLong(write.since())
                .put((byte) Integer.parseInt(write.want()))
                .put(write.head())
                .put(condition)
                .array();
        return add(how, Wire.text(text), write.tail());
    }

    /** Adds a removal, in the words of remove.lua. */
    Batch remove(String entry, String lock, String text, Object condition, String want) {
        byte[] bytes = condition(entry, lock, condition);
        byte[] how = ByteBuffer.allocate(1 + bytes.length)
                .put((byte) Integer.parseInt(want))
                .put(bytes)
                .array();
        return add(how, Wire.text(text));
    }

    private byte[] condition(String entry, String lock, Object condition) {
        entries.add(entry);
        if (condition instanceof byte[] version) {
            entries.add(lock);
            return version;
        }
        return condition.toString().getBytes(UTF_8);
    }

    private Batch add(byte[] how, Object... others) {
        List<Object> partition = items.get(items.size() - 1);
        partition.add(Arrays.equals(how, last) ? AS_BEFORE : how);
        partition.addAll(Arrays.asList(others));
        last = how;
        return this;
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>(states);
        keys.addAll(tags);
        keys.addAll(entries);
        return keys;
    }

    /** Returns what follows the prelude's arguments; those of a script have so many for each key. */
    Object[] arguments(Script script) {
        int each = script == Script.WRITE_ALL ? 3 : 2;
        List<Object> arguments = new ArrayList<>(List.of(Wire.text("c"), items.size()));
        for (List<Object> partition : items) {
            arguments.add(partition.get(0));
            arguments.add((partition.size() - 1) / each);
            arguments.addAll(partition.subList(1, partition.size()));
        }
        return arguments.toArray();
    }

    /** Returns what it replied of each key. */
    List<Told> run(ScriptBench bench, Script script) {
        return told(bench.run(script, keys(), arguments(script)));
    }

    List<Object> runLate(ScriptBench bench, Script script) {
        return bench.run(script, bench.now() - 1, keys(), arguments(script));
    }

    private List<Told> told(List<Object> reply) {
        ManyReplies replies = new ManyReplies(reply);
        long keys = entries.stream().filter(entry -> entry.contains(":e:")).count();
        return IntStream.range(0, (int) keys).mapToObj(i -> replies.next()).toList();
    }
}
