package io.nearfar.far;

/** What can be unfit about a server by what it says of itself and by its clock. */
public enum ServerFault {
    /** It has no limit of memory. */
    NO_LIMIT(
            "NF0321",
            "it takes what there is, until the machine has no more",
            "Set maxmemory, with maxmemory-policy volatile-lru if it holds caches alone"),
    /** It evicts nothing. */
    NO_EVICTION(
            "NF0322",
            "when its memory is full, entries are not stored any more",
            "Set maxmemory-policy volatile-lru, unless other data on it must not go"),
    /** It evicts by chance. */
    EVICTION_BY_CHANCE(
            "NF0323",
            "what is read all the time goes like anything else",
            "Set maxmemory-policy volatile-lru or volatile-lfu"),
    /** It evicts nothing and is nearly full. */
    NEARLY_FULL("NF0324", "soon it refuses writes", "Raise maxmemory, or let it evict"),
    /** Its clock is far off this node's. */
    CLOCK_OFF(
            "NF0325",
            "caches go by the server's clock alone; logs, and times that are told to people, differ",
            "Let both follow a time server"),
    /** It is older than what Nearfar needs. */
    OLD_VERSION("NF0326", "Nearfar needs 6.2 or later", "Upgrade it"),
    /** It answers, and does not say how it is. */
    NO_FIGURES("NF0327", "nobody sees how full it is, and what it does then", "Give the user the right to INFO");

    private final String id;
    private final String why;
    private final String cure;

    ServerFault(String id, String why, String cure) {
        this.id = id;
        this.why = why;
        this.cure = cure;
    }

    /** Returns which warning of a server's health it is. */
    public String id() {
        return id;
    }

    /** Returns why it matters. */
    public String why() {
        return why;
    }

    /** Returns what to do about it. */
    public String cure() {
        return cure;
    }
}
