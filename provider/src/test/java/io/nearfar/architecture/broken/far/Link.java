package io.nearfar.architecture.broken.far;

import org.redisson.api.RedissonClient;

/** Breaks no rule: the far room may know Redisson. */
public record Link(RedissonClient client) {}
