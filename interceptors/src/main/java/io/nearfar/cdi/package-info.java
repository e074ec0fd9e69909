/**
 * The CDI extension that gives the JSR-107 annotations their meaning, and the beans that applications inject.
 * The container finds it by its service file; no other room relies on it.
 */
@NullMarked
package io.nearfar.cdi;

import org.jspecify.annotations.NullMarked;
