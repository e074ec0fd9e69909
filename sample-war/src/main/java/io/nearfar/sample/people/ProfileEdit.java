package io.nearfar.sample.people;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/** What a person may change of their profile. */
public record ProfileEdit(
        @NotBlank @Size(max = 60) String name,
        @NotNull @Size(max = 280) String about) implements Serializable {}
