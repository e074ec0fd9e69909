/**
 * Copies of values that mean what serializing them and reading them back would mean, only faster.
 * The entry room's formats rely on it.
 */
@NullMarked
package io.nearfar.entry.copy;

import org.jspecify.annotations.NullMarked;
