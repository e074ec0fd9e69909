package io.nearfar.sample.place;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An editor's change of a city.
 *
 * @param note at most 280 characters; null or blank takes the note away
 */
public record CityEdit(
        @Min(0) @Max(100_000_000) long population,
        @Nullable @Size(max = 280) String note) implements Serializable {}
