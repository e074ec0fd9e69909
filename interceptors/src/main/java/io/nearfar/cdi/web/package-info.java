/**
 * Requests over HTTP: where they come from, limits of their paths, and what a response says of limits; and resources that show how caches are.
 * Servers find it by its service files, and no other room relies on it.
 */
@NullMarked
package io.nearfar.cdi.web;

import org.jspecify.annotations.NullMarked;
