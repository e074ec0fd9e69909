package io.nearfar.sample.web;

/** How many entries were ended. */
public record Doubted(int ended) {}
