package io.nearfar.sample.live;

/** How many entries were ended. */
public record Doubted(int ended) {}
