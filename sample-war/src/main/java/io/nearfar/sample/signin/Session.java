package io.nearfar.sample.signin;

import java.io.Serializable;
import java.util.Set;

/** A signed-in person and their roles. */
public record Session(String person, Set<String> roles) implements Serializable {}
