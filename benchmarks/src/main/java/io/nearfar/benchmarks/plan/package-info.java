/**
 * Plans past one machine: what nodes and servers have to say to each other, as a model computes it, and how far that is from what real
 * nodes do.
 */
@NullMarked
package io.nearfar.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
