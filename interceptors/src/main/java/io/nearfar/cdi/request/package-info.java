/**
 * What is known of the request in which a method is called, whatever brought it.
 * Applications that have requests of their own kind, and every other room, may rely on it.
 */
@NullMarked
package io.nearfar.cdi.request;

import org.jspecify.annotations.NullMarked;
