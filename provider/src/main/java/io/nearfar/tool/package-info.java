/**
 * The command line.
 * Nothing relies on it.
 */
@NullMarked
package io.nearfar.tool;

import org.jspecify.annotations.NullMarked;
