/** Measures what entries take of memory, and what a start takes of time. Used by the run alone. */
@NullMarked
package io.nearfar.benchmarks.size;

import org.jspecify.annotations.NullMarked;
