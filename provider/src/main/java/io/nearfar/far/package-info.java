/**
 * The tier that all nodes share: link, scripts, bus and tag ledger; the only room that knows Redisson.
 * The tiered store, and the limits held on the server, rely on it.
 */
@NullMarked
package io.nearfar.far;

import org.jspecify.annotations.NullMarked;
