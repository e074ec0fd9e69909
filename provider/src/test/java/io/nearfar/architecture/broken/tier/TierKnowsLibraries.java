package io.nearfar.architecture.broken.tier;

import com.github.benmanes.caffeine.cache.Cache;
import org.redisson.api.RedissonClient;

/** Breaks two rules: it knows Caffeine, and it knows Redisson. */
public record TierKnowsLibraries(Cache<String, String> cache, RedissonClient client) {}
