package io.nearfar.near;

import org.jspecify.annotations.Nullable;

/**
 * That something is said to have happened to the entry of a key, and nobody knows what. Given by {@link NearTier#doubt},
 * and settled by {@link NearTier#examine}.
 */
public final class Doubt {
    final String text;
    final @Nullable Token token;

    /** @param token stands for the fills that were under way then, or null if none was */
    Doubt(String text, @Nullable Token token) {
        this.text = text;
        this.token = token;
    }
}
