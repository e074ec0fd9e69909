package io.nearfar.sample.web;

/** Whether the weather service is to be in reach of a node. */
public record Reach(boolean reachable) {}
