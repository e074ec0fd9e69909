package io.nearfar.architecture.broken;

import io.nearfar.architecture.broken.config.Setting;
import org.slf4j.Logger;

/** Breaks two rules: the root package leans on a room of ours and on a library. */
public record ReachesInward(Setting setting, Logger logger) {}
