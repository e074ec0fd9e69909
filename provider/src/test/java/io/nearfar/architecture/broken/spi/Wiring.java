package io.nearfar.architecture.broken.spi;

/** Breaks no rule. */
public record Wiring(String name) {}
