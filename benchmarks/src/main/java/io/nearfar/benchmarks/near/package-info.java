/** Measures operations that are answered in the process, by JMH. Used by the run alone. */
@NullMarked
package io.nearfar.benchmarks.near;

import org.jspecify.annotations.NullMarked;
