package io.nearfar.far;

import io.nearfar.config.Topology;
import io.nearfar.key.Keyspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks one server for each command that Nearfar needs and gathers those that are refused. Each is asked in a form that
 * changes nothing: of a key that is never there, or with words that the command refuses after the rights were looked at.
 */
final class Rights {
    private static final String NO_SCRIPT = "0".repeat(40);

    private final Keyspace keyspace;
    private final String none;
    private final boolean keyspaceEvents;
    private final Map<String, String> missing = new LinkedHashMap<>();

    Rights(Keyspace keyspace, boolean keyspaceEvents) {
        this.keyspace = keyspace;
        this.none = keyspace.absentKey();
        this.keyspaceEvents = keyspaceEvents;
    }

    /** Returns the commands that were refused, and in which words. */
    Map<String, String> missing() {
        return missing;
    }

    void ask(Greeting greeting, Conversation conversation) throws IOException {
        for (List<String> words : questions(greeting)) {
            String answer = conversation.ask(words.toArray(String[]::new));
            if (isRefused(answer)) {
                missing.put(words.get(0), answer.substring(1));
            }
        }
    }

    private static boolean isRefused(String answer) {
        return answer.startsWith("-NOPERM") || answer.startsWith("-ERR unknown command");
    }

    private List<List<String>> questions(Greeting greeting) {
        List<List<String>> all = new ArrayList<>(ofData());
        all.addAll(ofHashes());
        if (greeting.topology() == Topology.CLUSTER) {
            all.add(List.of("CLUSTER", "NODES"));
        }
        all.add(List.of(greeting.sharded() ? "SPUBLISH" : "PUBLISH", none, ""));
        all.add(List.of(
                greeting.sharded() ? "SSUBSCRIBE" : "SUBSCRIBE", keyspace.channel(0))); // from here on, nothing else
        if (keyspaceEvents) {
            all.add(List.of("PSUBSCRIBE", keyspace.eventPattern()));
        }
        return all;
    }

    private List<List<String>> ofData() {
        return List.of(
                List.of("INFO", "server"),
                List.of("CLIENT", "SETNAME", "nearfar"),
                List.of("TIME"),
                List.of("SCAN", "0", "COUNT", "1"),
                List.of("EVALSHA", NO_SCRIPT, "1", none),
                List.of("EVAL", "return 1", "1", none),
                List.of("GET", none),
                List.of("MGET", none),
                List.of("STRLEN", none),
                List.of("GETRANGE", none, "0", "0"),
                List.of("PTTL", none),
                List.of("SET", none, "", "NX", "XX"),
                List.of("SETRANGE", none, "-1", "v"),
                List.of("DEL", none),
                List.of("UNLINK", none),
                List.of("RENAME", none, none),
                List.of("PERSIST", none),
                List.of("PEXPIRE", none, "1"),
                List.of("PEXPIREAT", none, "1"));
    }

    /** HSET is given a field without a value. */
    private List<List<String>> ofHashes() {
        return List.of(
                List.of("HGET", none, "f"),
                List.of("HMGET", none, "f"),
                List.of("HLEN", none),
                List.of("HGETALL", none),
                List.of("HDEL", none, "f"),
                List.of("HSET", none, "f", "v", "g"));
    }
}
