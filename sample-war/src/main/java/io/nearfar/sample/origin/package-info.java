/**
 * Where an answer came from and how long it took. This room alone listens to what the caches of Nearfar report in the
 * calling thread.
 */
@NullMarked
package io.nearfar.sample.origin;

import org.jspecify.annotations.NullMarked;
