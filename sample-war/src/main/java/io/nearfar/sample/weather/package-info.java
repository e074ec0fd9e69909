/**
 * The weather of places and warnings of it: told by a service elsewhere, and kept by code that asks a cache of Nearfar itself. What
 * annotations do for the database is done here with the public interface, and with what JSR-107 has no word for.
 */
@NullMarked
package io.nearfar.sample.weather;

import org.jspecify.annotations.NullMarked;
