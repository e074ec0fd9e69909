package io.nearfar.sample.weather;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * What an editor warns of.
 *
 * @param minutes how long the warning holds
 */
public record NewWarning(
        @NotBlank @Size(max = 140) String text,
        @Min(1) @Max(600) int minutes) {}
