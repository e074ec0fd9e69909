/**
 * Limits of methods: what {@code @RateLimited} says of a method, by what its calls are counted, and what becomes of those that
 * find no room. The extension relies on it, and filters that decide before a request is read.
 */
@NullMarked
package io.nearfar.cdi.limit;

import org.jspecify.annotations.NullMarked;
