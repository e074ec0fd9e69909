/**
 * A value with its stamp, deadline and tags; its envelope, codec and compression.
 * Both tiers, and the rooms that move entries between them, rely on it.
 */
@NullMarked
package io.nearfar.entry;

import org.jspecify.annotations.NullMarked;
