/**
 * The breaker, the backoff with jitter, and the outage policy.
 * The rooms that call the far tier rely on it.
 */
@NullMarked
package io.nearfar.resilience;

import org.jspecify.annotations.NullMarked;
