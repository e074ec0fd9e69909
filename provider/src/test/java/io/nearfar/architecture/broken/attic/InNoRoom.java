package io.nearfar.architecture.broken.attic;

/** Breaks one rule: its package is no room. */
public record InNoRoom(String name) {}
