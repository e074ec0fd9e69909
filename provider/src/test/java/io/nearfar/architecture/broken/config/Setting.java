package io.nearfar.architecture.broken.config;

/** Breaks no rule. */
public record Setting(String name) {}
