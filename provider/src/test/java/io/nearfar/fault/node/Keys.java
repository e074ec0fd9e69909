package io.nearfar.fault.node;

import io.nearfar.fault.history.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a workload uses in each cache. */
public final class Keys {
    private static final int SHARED = 6;
    private static final int NODES = 3;
    private static final int SELDOM = 1_000;

    /** What keys of one half of {@link Role#PATTERNED} begin with. */
    static final String HALF = "a";

    private static final String OTHER_HALF = "b";
    private static final int PATTERNED = 8;

    private Keys() {}

    /** Returns the keys of a cache, but for those that are used once. */
    public static List<String> of(Role role) {
        return switch (role) {
            case REGISTERS -> registers();
            case CLEARED, TAGGED, HEARD, STAGED, KEPT -> numbered(4);
            case PATTERNED -> halves();
            case LOADED, COUNTERS, TOUCHED, ABSENT -> numbered(3);
            case EXPIRING -> numbered(5);
            case SELDOM -> numbered(SELDOM);
            case ONCE, RACED -> List.of();
        };
    }

    private static List<String> registers() {
        List<String> keys = numbered(SHARED);
        for (int node = 0; node < NODES; node++) {
            keys.add(own(node));
        }
        return keys;
    }

    private static List<String> halves() {
        List<String> keys = half(HALF);
        keys.addAll(half(OTHER_HALF));
        return keys;
    }

    private static List<String> half(String prefix) {
        List<String> keys = numbered(PATTERNED);
        keys.replaceAll(prefix::concat);
        return keys;
    }

    /** Returns the keys of {@link Role#PATTERNED} that begin with {@link #HALF}. */
    static List<String> half() {
        return half(HALF);
    }

    /** Returns the key that only this node writes, by one thread. */
    static String own(int node) {
        return "own" + node;
    }

    static String any(Role role, Random random) {
        List<String> keys = of(role);
        return keys.get(random.nextInt(keys.size()));
    }

    /** Returns a key of {@link Role#REGISTERS} that every node writes. */
    static String shared(Random random) {
        return String.valueOf(random.nextInt(SHARED));
    }

    /** Returns a few keys that every node writes. */
    static Set<String> some(Random random) {
        Set<String> some = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            some.add(shared(random));
        }
        return some;
    }

    private static List<String> numbered(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(String.valueOf(i));
        }
        return keys;
    }
}
