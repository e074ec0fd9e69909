package io.nearfar.nodes;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessorResult;

/**
 * What the threads of all nodes do to the same few keys at the same time. Each call answers with what it was told: a
 * count of wins, or the values that it was handed.
 */
enum Contest {
    /** Every thread adds one, many times. */
    INVOKE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            for (int i = 0; i < ROUNDS; i++) {
                cache.invoke(key(i), (entry, arguments) -> {
                    entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                    return null;
                });
            }
            return wins(ROUNDS);
        }
    },
    /** Every thread adds one to all keys, many times. */
    INVOKE_ALL {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            Set<String> keys = keys();
            int done = 0;
            for (int i = 0; i < ROUNDS / KEYS; i++) {
                for (EntryProcessorResult<Integer> each : cache.<Integer>invokeAll(keys, (entry, arguments) -> {
                            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                            return 1;
                        })
                        .values()) {
                    done += each.get();
                }
            }
            return wins(done);
        }
    },
    /** Every thread adds one by comparing and replacing, and counts how often it was told that it did. */
    REPLACE_OLD_BY_NEW {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            for (int i = 0; i < ROUNDS / 2; i++) {
                while (!addOne(cache, key(i))) {
                    Thread.onSpinWait();
                }
            }
            return wins(ROUNDS / 2);
        }

        private boolean addOne(Cache<String, Long> cache, String key) {
            Long seen = cache.get(key);
            return seen == null ? cache.putIfAbsent(key, 1L) : cache.replace(key, seen, seen + 1);
        }
    },
    /** Every thread tries to be the first for each of many keys. */
    PUT_IF_ABSENT {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            int won = 0;
            for (int i = 0; i < ROUNDS; i++) {
                won += cache.putIfAbsent("one-" + i, (long) runner) ? 1 : 0;
            }
            return wins(won);
        }
    },
    /** Every thread tries to remove each of the keys that {@link #PUT_IF_ABSENT} left. */
    REMOVE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            int won = 0;
            for (int i = 0; i < ROUNDS / 2; i++) {
                won += cache.remove("one-" + i) ? 1 : 0;
            }
            return wins(won);
        }
    },
    /** The same by value, for the rest of the keys. */
    REMOVE_VALUE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            int won = 0;
            for (int i = ROUNDS / 2; i < ROUNDS; i++) {
                Long seen = cache.get("one-" + i);
                won += seen != null && cache.remove("one-" + i, seen) ? 1 : 0;
            }
            return wins(won);
        }
    },
    /** Every thread puts values of its own and is handed what was there. */
    GET_AND_PUT {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            return exchanged(runner, value -> cache.getAndPut(KEY, value));
        }
    },
    /** The same for an entry that is there. */
    GET_AND_REPLACE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            return exchanged(runner, value -> cache.getAndReplace(KEY, value));
        }
    },
    /** Every thread puts values of its own; in between it takes out what is there. */
    GET_AND_REMOVE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            List<String> handed = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                Long old = i % 2 == 0 ? cache.getAndPut(KEY, value(runner, i)) : cache.getAndRemove(KEY);
                if (old != null) {
                    handed.add(old.toString());
                }
            }
            return handed;
        }
    },
    /**
     * Every thread counts a number up, invalidates the tag under which copies of it are loaded, and counts the copies that it
     * meets afterwards and that are older.
     */
    INVALIDATE_TAG {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) throws Exception {
            return older(
                    cache,
                    "tagged copy",
                    EntryOptions.NONE.withTags("copies"),
                    ROUNDS / 4,
                    copies -> copies.invalidateTag("copies"));
        }
    },
    /** Likewise by a pattern that the key of the copies matches. */
    INVALIDATE_PATTERN {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) throws Exception {
            return older(cache, "copy", EntryOptions.NONE, ROUNDS / 8, copies -> copies.invalidatePattern("co?y*"));
        }
    },
    /**
     * One thread of each node keeps what it finds under one key near, says so, looks until that is gone, and says so as well: until
     * it finds what is below 0. It answers with the instants at which things were gone, on the clock of the machine.
     */
    SEE_GONE {
        @Override
        List<String> run(Cache<String, Long> cache, int runner) {
            List<String> seen = new ArrayList<>();
            if (runner % NodeMain.THREADS > 0) {
                return seen;
            }
            long there = changed(cache, NOTHING);
            while (there >= NOTHING) {
                if (there > NOTHING) {
                    watched(cache);
                    cache.put(near(runner / NodeMain.THREADS), there);
                }
                long next = changed(cache, there);
                if (next == NOTHING) {
                    seen.add(there + ":" + System.nanoTime());
                    cache.put(gone(runner / NodeMain.THREADS), there);
                }
                there = next;
            }
            return seen;
        }

        private long changed(Cache<String, Long> cache, long from) {
            long found = watched(cache);
            while (found == from) {
                LockSupport.parkNanos(LOOK_NANOS);
                found = watched(cache);
            }
            return found;
        }

        private long watched(Cache<String, Long> cache) {
            Long found = cache.get(WATCHED);
            return found == null ? NOTHING : found;
        }
    };

    static final int ROUNDS = 80;
    static final String WATCHED = "watched";
    private static final long LOOK_NANOS = 50_000;
    private static final long NOTHING = 0;
    static final int KEYS = 4;
    static final String KEY = "0";

    /** Does this thread's part; {@code runner} is a number that no other thread of any node has. */
    abstract List<String> run(Cache<String, Long> cache, int runner) throws Exception;

    static Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(key(i));
        }
        return keys;
    }

    /** Returns under which key a node says what it keeps near. */
    static String near(int node) {
        return "near " + node;
    }

    /** Returns under which key a node says what it has seen go. */
    static String gone(int node) {
        return "gone " + node;
    }

    private static String key(int round) {
        return Integer.toString(round % KEYS);
    }

    static long value(int runner, int round) {
        return runner * 1_000_000L + round;
    }

    private static List<String> wins(int count) {
        return List.of(Integer.toString(count));
    }

    private static List<String> exchanged(int runner, LongFunction<Long> exchange) {
        List<String> handed = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Long old = exchange.apply(value(runner, i));
            if (old != null) {
                handed.add(old.toString());
            }
        }
        return handed;
    }

    /** Counts a number up, invalidates copies of it, and counts those that are met afterwards and are older. */
    @SuppressWarnings("unchecked")
    private static List<String> older(
            Cache<String, Long> cache,
            String key,
            EntryOptions options,
            int rounds,
            Consumer<NearfarCache<String, Long>> invalidation)
            throws Exception {
        NearfarCache<String, Long> copies = cache.unwrap(NearfarCache.class);
        int old = 0;
        for (int i = 0; i < rounds; i++) {
            long mine = counted(cache, 1);
            invalidation.accept(copies);
            Long seen = cache.get(key);
            long loaded = copies.getOrLoad(key, context -> {
                context.setOptions(options);
                return counted(cache, 0);
            });
            old += (seen != null && seen < mine ? 1 : 0) + (loaded < mine ? 1 : 0);
        }
        return wins(old);
    }

    private static long counted(Cache<String, Long> cache, long more) {
        return cache.invoke("number", (entry, arguments) -> {
            long number = (entry.exists() ? entry.getValue() : 0) + more;
            if (more > 0) {
                entry.setValue(number);
            }
            return number;
        });
    }
}
