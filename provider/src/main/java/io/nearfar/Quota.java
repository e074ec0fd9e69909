package io.nearfar;

import java.io.Serializable;
import java.util.Objects;

/**
 * A limit as it holds for one key. Immutable.
 *
 * @param limit the limit
 * @param key whose requests are counted, such as a user's name; empty for all together
 */
public record Quota(Limit limit, String key) implements Serializable {
    /**
     * Creates one.
     *
     * @throws NullPointerException if the limit or the key is null
     */
    public Quota {
        Objects.requireNonNull(limit, "The limit of a quota is null");
        Objects.requireNonNull(key, () -> "The key under limit " + limit.name() + " is null; for all it is empty");
    }
}
