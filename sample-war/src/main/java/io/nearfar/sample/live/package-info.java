/** The live view: what the running caches of this node did so far. */
@NullMarked
package io.nearfar.sample.live;

import org.jspecify.annotations.NullMarked;
