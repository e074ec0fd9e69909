/**
 * All that is decided once per annotated method: which cache, which key, what is done when, and what is wrong with it.
 * The room that answers the calls, and the extension, rely on it.
 */
@NullMarked
package io.nearfar.cdi.method;

import org.jspecify.annotations.NullMarked;
