/**
 * Responses of resources that are kept and answered again: what is the same request, what may be kept, and what a client is told of it.
 * Servers find it by its service files, and no other room relies on it.
 */
@NullMarked
package io.nearfar.cdi.web.response;

import org.jspecify.annotations.NullMarked;
