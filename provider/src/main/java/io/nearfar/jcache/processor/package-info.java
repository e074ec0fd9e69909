/**
 * Entry processors and the mutable entry they are given, as JSR-107 chapter 7 has it.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.jcache.processor;

import org.jspecify.annotations.NullMarked;
