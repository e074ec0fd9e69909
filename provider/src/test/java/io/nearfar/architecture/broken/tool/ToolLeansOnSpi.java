package io.nearfar.architecture.broken.tool;

import io.nearfar.architecture.broken.spi.Wiring;

/** Breaks one rule: nothing leans on the caching provider. */
public record ToolLeansOnSpi(Wiring wiring) {}
