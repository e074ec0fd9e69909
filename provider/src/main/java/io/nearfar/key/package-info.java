/**
 * How a key of a cache becomes a key of the far tier: prefix, version, hash tag, and the limits of a name.
 * The rooms that speak to the far tier rely on it.
 */
@NullMarked
package io.nearfar.key;

import org.jspecify.annotations.NullMarked;
