package io.nearfar.fault.history;

/** What was done. */
public enum Kind {
    GET,
    /** A read that may load, and may be handed what has ended but is kept for loads that fail. */
    GET_OR_LOAD,
    /** One key of a {@code getAll}. */
    GET_ALL,
    PUT,
    /** One key of a {@code putAll}. */
    PUT_ALL,
    REMOVE,
    /** {@code expire(key)}: nobody reads it any more but those of {@link #GET_OR_LOAD}. */
    EXPIRE,
    PUT_IF_ABSENT,
    REPLACE,
    /** {@code replace(key, old, new)}. */
    REPLACE_VALUE,
    /** {@code remove(key, old)}. */
    REMOVE_VALUE,
    GET_AND_PUT,
    GET_AND_REPLACE,
    GET_AND_REMOVE,
    /** Adds one; what was found is the sum. */
    INVOKE,
    /** The call of a loader: its span ends when the loader begins, for what it brings is as old as that. */
    LOAD,
    /** Of a whole cache; the key stands for all. */
    CLEAR,
    /** Of a tag that the values carry which are like the wanted one; the key stands for all. */
    INVALIDATE_LIKE,
    /** Of a pattern: one key that matches it, or, if all do, the whole cache. */
    INVALIDATE,
    /** A read after quiet. */
    LAST_GET,
    /** What a listener was told; {@code times} is its place in the order of its node. */
    EVENT,
    /** The node, or the machine, stood still. */
    STALL,
    /** A thread of the node was ready to run; its span ends when it did. */
    TURN,
    /** The far tier lost all it had. */
    LOSS,
    /** The far tier may have dropped any entry at any time. */
    EVICTION,
    /** Keys went from one server to another: who walks over all of them may miss some. */
    MOVE,
    /** The far tier answered nobody. */
    SILENCE,
    /** Another server took over from one that had not passed on everything: what was done meanwhile may be lost. */
    FAILOVER;

    /** Tells whether it ends whatever it finds, without a word about single entries. */
    public boolean isSweeping() {
        return this == CLEAR || this == INVALIDATE || this == INVALIDATE_LIKE;
    }

    /** Tells whether the caller is handed a value. */
    boolean hands() {
        return switch (this) {
            case GET, GET_OR_LOAD, GET_ALL, LAST_GET, GET_AND_PUT, GET_AND_REPLACE, GET_AND_REMOVE, INVOKE -> true;
            default -> false;
        };
    }
}
