/**
 * The annotations that an application imports beyond those of JSR-107, and what their members name.
 * Applications and every other room may rely on it.
 */
@NullMarked
package io.nearfar.cdi.annotation;

import org.jspecify.annotations.NullMarked;
