/**
 * The tier in the process, and the only room that knows Caffeine.
 * The tiered store relies on it.
 */
@NullMarked
package io.nearfar.near;

import org.jspecify.annotations.NullMarked;
