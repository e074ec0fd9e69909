package io.nearfar.tier;

import io.nearfar.entry.Reply;

/**
 * What a change came to.
 *
 * @param reply what the caller is told
 * @param far whether the far tier says so; else this node has decided
 */
record Outcome<V>(Reply<V> reply, boolean far) {}
