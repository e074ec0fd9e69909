/**
 * The message that declares a key, tag or pattern out of date, its order and gaps, and the bus that carries it.
 * The tiers rely on it; the bus itself is the far tier's.
 */
@NullMarked
package io.nearfar.invalidation;

import org.jspecify.annotations.NullMarked;
