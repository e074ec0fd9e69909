/**
 * The sliding window, held far or in the process.
 * Rate limiters rely on it.
 */
@NullMarked
package io.nearfar.limit;

import org.jspecify.annotations.NullMarked;
