package io.nearfar.sample.post;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/** What a person wrote. */
public record NewPost(@NotBlank @Size(max = 280) String text) implements Serializable {}
