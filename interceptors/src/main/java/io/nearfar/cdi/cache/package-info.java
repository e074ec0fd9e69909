/**
 * What happens when an annotated method is called: its key, its cache, and the method itself.
 * The extension relies on it.
 */
@NullMarked
package io.nearfar.cdi.cache;

import org.jspecify.annotations.NullMarked;
