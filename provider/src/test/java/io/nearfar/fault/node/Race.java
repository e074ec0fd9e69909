package io.nearfar.fault.node;

import io.nearfar.fault.history.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Keys that hold an old value, each of which one node writes at about the instant at which another reads it for the
 * first time. Several threads of each go through the keys by the clock, so that they meet at each.
 */
final class Race {
    private static final int LANES = 4;
    private static final long SLOT = 1_000_000;
    private static final long JITTER = 150_000;
    private static final long LATE = 300_000;
    private static final int BATCH = 500;

    private final List<String> keys = new ArrayList<>();

    Race(int first, int count) {
        for (int key = first; key < first + count; key++) {
            keys.add(String.valueOf(key));
        }
    }

    /** Puts the old values. */
    void prepare(Client client) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            client.putAll(Role.RACED, Set.copyOf(keys.subList(from, Math.min(keys.size(), from + BATCH))));
        }
    }

    /** Begins to write key after key, or to read it for the first time, the first at {@code start}. */
    List<Thread> start(boolean writing, IntFunction<Client> clients, long start) {
        List<Thread> threads = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            Client client = clients.apply(lane);
            int first = lane;
            Thread thread = new Thread(() -> run(writing, client, first, start), "race-" + lane);
            threads.add(thread);
            thread.start();
        }
        return threads;
    }

    private void run(boolean writing, Client client, int lane, long start) {
        Random random = new Random();
        for (int i = lane; i < keys.size(); i += LANES) {
            long due = start + i / LANES * SLOT + (long) (random.nextDouble() * JITTER);
            Pace.until(due);
            if (System.nanoTime() - due > LATE) {
                continue; // the other will not have waited
            } else if (writing) {
                client.put(Role.RACED, keys.get(i));
            } else {
                client.get(Role.RACED, keys.get(i));
            }
        }
    }

    /** Reads all keys, when all writes are long done. */
    void look(Client client) {
        keys.forEach(key -> client.get(Role.RACED, key));
    }
}
