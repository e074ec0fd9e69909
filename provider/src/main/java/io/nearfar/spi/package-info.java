/**
 * The caching provider that the service file names; it wires the rooms together.
 * Nothing leans on it.
 */
@NullMarked
package io.nearfar.spi;

import org.jspecify.annotations.NullMarked;
