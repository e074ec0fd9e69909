/** Turns what was measured into tables. Used by the rooms that measure. */
@NullMarked
package io.nearfar.benchmarks.report;

import org.jspecify.annotations.NullMarked;
