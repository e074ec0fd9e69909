/**
 * The command line: it visits the far tier as a person would, and checks settings.
 * Nothing relies on it.
 */
@NullMarked
package io.nearfar.tool;

import org.jspecify.annotations.NullMarked;
