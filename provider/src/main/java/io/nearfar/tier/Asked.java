package io.nearfar.tier;

import java.util.concurrent.CompletionStage;

/**
 * A load that a caller has asked for.
 *
 * @param load completes with what it came to
 * @param meanwhile completes with what may answer the caller until then, if there is something; else it never does, or is
 *     cancelled
 */
public record Asked<V>(CompletionStage<Loaded<V>> load, CompletionStage<Loaded<V>> meanwhile) {
    /** Returns it with another stage in the load's place, which completes when that is dealt with. */
    public Asked<V> with(CompletionStage<Loaded<V>> after) {
        return new Asked<>(after, meanwhile);
    }
}
