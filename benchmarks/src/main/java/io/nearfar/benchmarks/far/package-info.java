/** Measures operations that ask the server, all peers by turns in one JVM. Used by the run alone. */
@NullMarked
package io.nearfar.benchmarks.far;

import org.jspecify.annotations.NullMarked;
