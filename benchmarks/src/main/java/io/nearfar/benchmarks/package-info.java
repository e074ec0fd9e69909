/**
 * The benchmarks of the README: one run that measures Nearfar beside the caches and clients it is built on and beside
 * other JCache providers. Nobody depends on it.
 */
@NullMarked
package io.nearfar.benchmarks;

import org.jspecify.annotations.NullMarked;
