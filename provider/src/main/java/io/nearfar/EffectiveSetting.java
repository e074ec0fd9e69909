package io.nearfar;

import java.util.Objects;

/**
 * A setting of a cache as it holds.
 *
 * @param name its name on the reference page, without {@code nearfar.} and the cache: {@code near.ttl}
 * @param value what holds, as settings are written; {@code none} if there is nothing
 * @param origin where that comes from: a key with its source, {@code nearfar.cache.prices.ttl (environment)}; a setter of
 *     {@link NearfarConfiguration} in the place of the source; or {@value #DEFAULT}
 */
public record EffectiveSetting(String name, String value, String origin) {
    /** The origin of what nobody has set. */
    public static final String DEFAULT = "default";

    /** Refuses null. */
    public EffectiveSetting {
        Objects.requireNonNull(name, "The name of a setting is null");
        Objects.requireNonNull(value, () -> "The value of the setting " + name + " is null; without one it is none");
        Objects.requireNonNull(origin, () -> "The origin of the setting " + name + " is null");
    }
}
