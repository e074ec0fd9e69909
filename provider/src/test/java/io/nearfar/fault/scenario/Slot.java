package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A slot of a cluster, with what is in it. */
record Slot(long number, RealRedis owner) {
    private static final int KEYS_AT_ONCE = 10;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int FIELDS_BEFORE_SLOTS = 8;

    /** Returns slots of a server in which nodes have written, so many at most. */
    static List<Slot> of(RealRedis owner, int most) {
        List<Slot> slots = new ArrayList<>();
        for (Object chain : (List<?>) owner.call("KEYS", "*:chain")) {
            Slot slot = new Slot((Long) owner.call("CLUSTER", "KEYSLOT", chain), owner);
            if (slots.size() < most && !slots.contains(slot)) {
                slots.add(slot);
            }
        }
        return slots;
    }

    /** Moves it as an operator does, key by key while it is used, and tells all servers. */
    void moveTo(RealRedis target, List<RealRedis> all) {
        String from = owner.connect().text("CLUSTER", "MYID");
        String to = target.connect().text("CLUSTER", "MYID");
        target.call("CLUSTER", "SETSLOT", number, "IMPORTING", from);
        owner.call("CLUSTER", "SETSLOT", number, "MIGRATING", to);
        for (List<?> keys = keys(); !keys.isEmpty(); keys = keys()) {
            migrate(keys, target);
        }
        target.call("CLUSTER", "SETSLOT", number, "NODE", to);
        owner.call("CLUSTER", "SETSLOT", number, "NODE", to);
        all.forEach(server -> server.call("CLUSTER", "SETSLOT", number, "NODE", to));
    }

    /** Tells whether a server has what is in it, and owns it. */
    boolean isAt(RealRedis server) {
        String slots = RespClient.text(server.call("CLUSTER", "NODES"))
                .lines()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElse("");
        boolean owned =
                Arrays.stream(slots.split(" ")).skip(FIELDS_BEFORE_SLOTS).anyMatch(this::isIn);
        return owned && (Long) server.call("CLUSTER", "COUNTKEYSINSLOT", number) > 0;
    }

    private boolean isIn(String range) {
        String[] ends = range.split("-");
        return !range.startsWith("[")
                && Long.parseLong(ends[0]) <= number
                && number <= Long.parseLong(ends[ends.length - 1]);
    }

    private List<?> keys() {
        return (List<?>) owner.call("CLUSTER", "GETKEYSINSLOT", number, KEYS_AT_ONCE);
    }

    private void migrate(List<?> keys, RealRedis target) {
        List<Object> words = new ArrayList<>(
                List.of("MIGRATE", "127.0.0.1", target.port(), "", 0, TIMEOUT_MILLIS, "REPLACE", "KEYS"));
        words.addAll(keys);
        try (RespClient client = owner.connect()) {
            client.call(words.toArray());
        }
    }
}
