/**
 * The store that can take the far tier's place in an outage: a table of a database that several nodes see; optional.
 * It is wired in by the provider; no room relies on it.
 */
@NullMarked
package io.nearfar.fallback;

import org.jspecify.annotations.NullMarked;
