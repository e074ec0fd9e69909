package io.nearfar.far;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names that were met, each kept as 128 bits of hash: 32 to 64 bytes a name, where the name itself would take some
 * hundred. The hash is seeded, so that two names that collide (one chance in 10^26 among a million) do so once, not
 * always.
 */
final class Seen {
    private static final long MIX_A = 0xff51afd7ed558ccdL;
    private static final long MIX_B = 0xc4ceb9fe1a85ec53L;

    private final long seedA = ThreadLocalRandom.current().nextLong();
    private final long seedB = ThreadLocalRandom.current().nextLong();
    private long[] table = new long[2 * 64];
    private int size;

    /** Adds a name; returns false if it was there. */
    boolean add(String name) {
        long a = hash(seedA, name, MIX_A);
        long b = hash(seedB, name, MIX_B);
        if (a == 0 && b == 0) {
            b = 1; // two zeros mark a free place
        }
        if (size * 4 >= table.length) {
            grow();
        }
        return insert(table, a, b);
    }

    private boolean insert(long[] into, long a, long b) {
        int places = into.length / 2;
        for (int place = (int) (a & places - 1); ; place = place + 1 & places - 1) {
            if (into[2 * place] == a && into[2 * place + 1] == b) {
                return false;
            }
            if (into[2 * place] == 0 && into[2 * place + 1] == 0) {
                into[2 * place] = a;
                into[2 * place + 1] = b;
                size++;
                return true;
            }
        }
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        size = 0;
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0 || table[i + 1] != 0) {
                insert(larger, table[i], table[i + 1]);
            }
        }
        table = larger;
    }

    private static long hash(long seed, String name, long mix) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * mix;
            hash ^= hash >>> 32;
        }
        hash *= MIX_A;
        return hash ^ hash >>> 29;
    }
}
