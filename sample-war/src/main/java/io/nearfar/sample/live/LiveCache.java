package io.nearfar.sample.live;

import io.nearfar.CacheFigures;

/** A cache's name and its figures so far. */
public record LiveCache(String name, CacheFigures figures) {}
