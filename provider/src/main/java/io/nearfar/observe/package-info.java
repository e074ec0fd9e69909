/**
 * The events that a cache emits, and their way to the observers.
 * Every room that has something to tell may rely on it.
 */
@NullMarked
package io.nearfar.observe;

import org.jspecify.annotations.NullMarked;
