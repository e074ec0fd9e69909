package io.nearfar.architecture.broken.near;

import com.github.benmanes.caffeine.cache.Cache;
import io.nearfar.architecture.broken.far.Link;

/** Breaks one rule: the near room has no door to the far room. Knowing Caffeine is its right. */
public record NearAsksFar(Cache<String, String> cache, Link link) {}
