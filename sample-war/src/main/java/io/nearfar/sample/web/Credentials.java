package io.nearfar.sample.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a person signs in with. */
public record Credentials(
        @NotNull @Size(max = 20) String person,
        @NotNull @Size(max = 60) String password) {}
