package io.nearfar.sample.people;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;

/**
 * How a person wants the pages.
 *
 * @param units {@code km} or {@code mi}
 * @param theme {@code auto}, {@code light} or {@code dark}
 */
public record Preferences(
        @NotNull @Pattern(regexp = "km|mi") String units,
        @NotNull @Pattern(regexp = "auto|light|dark") String theme) implements Serializable {

    static final Preferences DEFAULT = new Preferences("km", "auto");
}
