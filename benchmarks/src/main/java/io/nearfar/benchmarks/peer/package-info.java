/** What is compared: one driver for each peer, all with the same few operations. Used by the rooms that measure. */
@NullMarked
package io.nearfar.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
