/**
 * The CDI extension that gives the annotations of JSR-107 and of rate limits their meaning, and the beans that applications inject.
 * The container finds it by its service file; no other room relies on it.
 */
@NullMarked
package io.nearfar.cdi;

import org.jspecify.annotations.NullMarked;
