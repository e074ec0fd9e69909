package io.nearfar.fault.node;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Values;
import io.nearfar.fault.node.FickleLoads.Fate;
import java.util.Random;
import java.util.Set;

/** What one thread of a workload does, step by step. */
enum Part {
    /** Reads what others write, all the time, so that every change is looked for on every node. */
    POLLER(200_000) {
        @Override
        void step(Client client, Random random, int node) {
            if (random.nextInt(100) == 0) {
                client.getAll(Kind.GET_ALL, Role.REGISTERS, Set.copyOf(Keys.of(Role.REGISTERS)));
            }
            for (Role role : POLLED) {
                Keys.of(role).forEach(key -> client.get(role, key));
            }
            for (int i = 0; i < 20; i++) {
                client.get(Role.SELDOM, Keys.any(Role.SELDOM, random));
            }
        }
    },
    /** Changes registers in every way. */
    WRITER(10_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            int choice = random.nextInt(100);
            if (choice < 30) {
                client.put(Role.REGISTERS, Keys.own(node));
            } else if (choice < 36) {
                client.putAll(Role.REGISTERS, Keys.some(random));
            } else if (choice < 85) {
                change(client, random, Role.REGISTERS, Keys.shared(random));
            } else {
                change(client, random, Role.HEARD, Keys.any(Role.HEARD, random));
            }
        }
    },
    /** Puts what others put too, and nothing else. */
    PUTTER(4_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            client.put(Role.REGISTERS, Keys.shared(random));
        }
    },
    /** Puts here and there. */
    SCATTERER(4_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            client.put(Role.SELDOM, Keys.any(Role.SELDOM, random));
        }
    },
    /** One node invalidates, again and again, what the others write now and then, and load. */
    TAGGER(4_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            String key = Keys.any(Role.TAGGED, random);
            int choice = random.nextInt(20);
            if (node == 0 && choice < 2) {
                invalidateTag(client, random);
            } else if (node == 0) {
                client.get(Role.TAGGED, key);
            } else if (choice == 0) {
                client.put(Role.TAGGED, key);
            } else {
                loadTagged(client, random, key);
            }
        }
    },
    /** One node has patterns end, again and again, what the others write now and then, and load. */
    PATTERNER(4_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            String key = Keys.any(Role.PATTERNED, random);
            int choice = random.nextInt(20);
            if (node == 0 && choice == 0) {
                invalidatePattern(client, random);
            } else if (node == 0) {
                client.get(Role.PATTERNED, key);
            } else if (choice < 2) {
                client.put(Role.PATTERNED, key);
            } else {
                client.getOrLoad(Role.PATTERNED, key, random.nextInt(LONGER_THAN_A_WALK));
            }
        }
    },
    /** With everything beyond the standard: the view with stages, and entries that are kept, or known not to be there. */
    ENRICHER(6_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            int choice = random.nextInt(100);
            if (choice < 30) {
                change(client, random, Role.STAGED, Keys.any(Role.STAGED, random));
            } else if (choice < 34) {
                client.putAll(Role.STAGED, Set.copyOf(Keys.of(Role.STAGED)));
            } else if (choice < 38) {
                client.getAll(Kind.GET_ALL, Role.STAGED, Set.copyOf(Keys.of(Role.STAGED)));
            } else if (choice < 80) {
                keep(client, random, Keys.any(Role.KEPT, random));
            } else {
                miss(client, random, Keys.any(Role.ABSENT, random));
            }
            client.get(Role.STAGED, Keys.any(Role.STAGED, random));
            client.get(Role.KEPT, Keys.any(Role.KEPT, random));
        }
    },
    /** Everything else: increments, races to be first, loads, clears, invalidations of tags and patterns, entries that end. */
    MIXER(8_000_000) {
        @Override
        void step(Client client, Random random, int node) {
            int choice = random.nextInt(100);
            if (choice < 16) {
                client.increment(Keys.any(Role.COUNTERS, random));
            } else if (choice < 30) {
                client.putIfAbsent(Role.ONCE, String.valueOf(System.nanoTime() / ONE_CONTEST));
            } else if (choice < 42) {
                load(client, random);
            } else if (choice < 53) {
                clearing(client, random);
            } else if (choice < 65) {
                tagging(client, random);
            } else if (choice < 75) {
                patterning(client, random);
            } else if (choice < 82) {
                client.put(Role.SELDOM, Keys.any(Role.SELDOM, random));
            } else if (choice < 90) {
                client.put(Role.EXPIRING, Keys.any(Role.EXPIRING, random));
            } else {
                touch(client, random, node);
            }
        }
    };

    private static final Role[] POLLED = {
        Role.REGISTERS, Role.CLEARED, Role.TAGGED, Role.PATTERNED, Role.HEARD, Role.EXPIRING
    };
    private static final long ONE_CONTEST = 25_000_000;

    /** Loads are to be under way before, while and after a pattern is invalidated. */
    private static final int LONGER_THAN_A_WALK = 20_000_000;

    /** Some loads take longer than those wait who could be told what is kept. */
    private static final int LONGER_THAN_SOFT = 12_000_000;

    private final long pause;

    Part(long pause) {
        this.pause = pause;
    }

    /** Returns the longest rest between two steps, in nanoseconds. */
    long pause() {
        return pause;
    }

    abstract void step(Client client, Random random, int node);

    private static void change(Client client, Random random, Role role, String key) {
        switch (random.nextInt(10)) {
            case 0 -> client.getAndPut(role, key);
            case 1 -> client.putIfAbsent(role, key);
            case 2 -> client.replace(role, key);
            case 3, 4 -> replaceWhatIsThere(client, role, key);
            case 5 -> removeWhatIsThere(client, random, role, key);
            case 6 -> client.getAndReplace(role, key);
            case 7 -> client.getAndRemove(role, key);
            default -> client.put(role, key);
        }
    }

    private static void replaceWhatIsThere(Client client, Role role, String key) {
        long seen = client.get(role, key);
        if (seen != Values.NONE) {
            client.replaceValue(role, key, seen);
        }
    }

    private static void removeWhatIsThere(Client client, Random random, Role role, String key) {
        long seen = client.get(role, key);
        if (client.isEnriched() && random.nextInt(3) == 0) {
            client.expire(role, key);
        } else if (seen != Values.NONE && random.nextBoolean()) {
            client.removeValue(role, key, seen);
        } else {
            client.remove(role, key);
        }
    }

    private static void keep(Client client, Random random, String key) {
        int choice = random.nextInt(20);
        if (random.nextInt(100) == 0) {
            client.expireAllKept();
        } else if (random.nextInt(200) == 0) {
            client.invalidateAllKept();
        } else if (choice < 2) {
            client.put(Role.KEPT, key);
        } else if (choice < 4) {
            client.expire(Role.KEPT, key);
        } else if (choice == 4) {
            client.expire(Role.KEPT, key);
            client.remove(Role.KEPT, key);
            client.getOrLoad(Role.KEPT, key, Fate.FAILURE, 0);
        } else if (choice < 8) {
            client.getOrLoadStaged(Role.KEPT, key, fate(random, 8, 1));
        } else {
            client.getOrLoad(Role.KEPT, key, fate(random, 8, 1), random.nextInt(LONGER_THAN_SOFT));
        }
    }

    private static void miss(Client client, Random random, String key) {
        int choice = random.nextInt(20);
        if (choice < 2) {
            client.put(Role.ABSENT, key);
        } else if (choice < 4) {
            client.remove(Role.ABSENT, key);
        } else if (choice == 4) {
            client.remove(Role.ABSENT, key);
            client.putWhileLoading(Role.ABSENT, key);
            client.get(Role.ABSENT, key);
        } else if (choice < 8) {
            client.get(Role.ABSENT, key);
        } else {
            client.getOrLoad(Role.ABSENT, key, fate(random, 0, 18), random.nextInt(3_000_000));
        }
    }

    /** Of twenty loads so many fail, and so many find nothing. */
    private static Fate fate(Random random, int failing, int vain) {
        int choice = random.nextInt(20);
        return choice < failing ? Fate.FAILURE : choice < failing + vain ? Fate.NOTHING : Fate.VALUE;
    }

    private static void load(Client client, Random random) {
        String key = Keys.any(Role.LOADED, random);
        if (random.nextInt(4) == 0) {
            client.remove(Role.LOADED, key);
        } else {
            client.getOrLoad(Role.LOADED, key, random.nextInt(3_000_000));
        }
    }

    private static void clearing(Client client, Random random) {
        if (random.nextInt(12) == 0) {
            client.clear(Role.CLEARED);
        } else {
            client.put(Role.CLEARED, Keys.any(Role.CLEARED, random));
        }
    }

    private static void tagging(Client client, Random random) {
        String key = Keys.any(Role.TAGGED, random);
        int choice = random.nextInt(12);
        if (choice == 0) {
            invalidateTag(client, random);
        } else if (choice < 6) {
            loadTagged(client, random, key);
        } else {
            client.put(Role.TAGGED, key);
        }
    }

    private static void invalidateTag(Client client, Random random) {
        if (random.nextInt(3) == 0) {
            client.clear(Role.TAGGED);
        } else {
            client.invalidateLike(1 + random.nextInt(2));
        }
    }

    private static void loadTagged(Client client, Random random, String key) {
        if (random.nextBoolean()) {
            client.getOrLoad(Role.TAGGED, key, random.nextInt(3_000_000));
        } else {
            client.reload(Role.TAGGED, key, random.nextInt(LONGER_THAN_A_WALK));
        }
    }

    private static void patterning(Client client, Random random) {
        String key = Keys.any(Role.PATTERNED, random);
        int choice = random.nextInt(16);
        if (choice == 0) {
            invalidatePattern(client, random);
        } else if (choice < 5) {
            client.getOrLoad(Role.PATTERNED, key, random.nextInt(LONGER_THAN_A_WALK));
        } else if (choice < 7) {
            client.reload(Role.PATTERNED, key, random.nextInt(LONGER_THAN_A_WALK));
        } else {
            client.put(Role.PATTERNED, key);
        }
    }

    private static void invalidatePattern(Client client, Random random) {
        if (random.nextBoolean()) {
            client.invalidateAll();
        } else {
            client.invalidateHalf();
        }
    }

    /** One node writes what has ended; all keep alive what has not. */
    private static void touch(Client client, Random random, int node) {
        String key = Keys.any(Role.TOUCHED, random);
        if (client.get(Role.TOUCHED, key) == Values.NONE && node == 0) {
            client.put(Role.TOUCHED, key);
        }
    }
}
