package io.nearfar.config;

/** Finds settings of the link that cannot go together. */
final class LinkFights {
    private LinkFights() {}

    /** Adds to {@code mistakes} what fights in {@code manager}. */
    static void find(Section manager, Mistakes mistakes) {
        Given prefix = manager.given(ManagerTable.KEY_PREFIX);
        Given application = manager.given(ManagerTable.APPLICATION);
        Given environment = manager.given(ManagerTable.ENVIRONMENT);
        if (prefix != null && application != null) {
            mistakes.fight(prefix, application, "the prefix takes the application's place. Set one of them.");
        }
        if (prefix != null && environment != null) {
            mistakes.fight(prefix, environment, "the prefix takes the environment's place. Set one of them.");
        }
        pool(manager, mistakes);
    }

    private static void pool(Section manager, Mistakes mistakes) {
        int size = manager.valueOrDefault(ManagerTable.POOL_SIZE);
        int minimum = manager.valueOrDefault(ManagerTable.POOL_MINIMUM);
        Given given = manager.given(ManagerTable.POOL_MINIMUM);
        if (given != null && minimum > size) {
            mistakes.add(
                    given,
                    "the minimum is above nearfar.pool.size, which is " + size + ". Lower the minimum or raise"
                            + " the size.");
        }
    }
}
